// Bills in currencies without a rate: said, because they are in no sum.
import type { Foreign } from "@/api/types";
import { money } from "@/lib/format";

export function ForeignNote({ foreign }: { foreign: readonly Foreign[] }) {
  if (foreign.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 rounded-panel border border-high bg-panel px-4 py-2.5">
      {foreign.map(one => (
        <li key={one.currency}>
          <strong>{money(one.amount, one.currency)}</strong> billed in {one.currency} and in no sum here:{" "}
          {one.reason}.
        </li>
      ))}
    </ul>
  );
}
