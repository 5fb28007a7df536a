// What a credential may do, each ability with the vendor's own answer. Shown after connecting and in a credential's drawer.
import type { KeyCheck } from "@/api/types";
import { ABILITY_HELP, ABILITY_WORDS, inOrder } from "./abilities";
import { StandingMark } from "./marks";

export function AbilityList({ check }: { check: KeyCheck }) {
  if (check.abilities.length === 0) return <p className="text-muted">The vendor told nothing about it.</p>;
  return (
    <ul className="flex flex-col divide-y divide-hairline overflow-hidden rounded-control border border-hairline">
      {inOrder(check.abilities).map(({ ability, standing, said }) => (
        <li
          key={ability}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-3 py-2 sm:grid-cols-[7rem_6rem_minmax(0,1fr)]"
        >
          <span className="font-semibold">{ABILITY_WORDS[ability]}</span>
          <StandingMark standing={standing} />
          <span className="col-span-2 min-w-0 break-words text-muted sm:col-span-1">
            {said === "" ? ABILITY_HELP[ability] : <>“{said}”</>}
          </span>
        </li>
      ))}
    </ul>
  );
}
