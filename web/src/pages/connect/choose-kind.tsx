// Step 2: which kind of credential. Each says what it opens, at best, and what it never will.
import { Link } from "react-router";
import type { KeyKind, Vendor } from "@/api/types";
import { Tag } from "@/components/ui/marks";
import { ABILITIES, ABILITY_WORDS } from "@/features/vendors/abilities";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";

export function ChooseKind({ vendor }: { vendor: Vendor }) {
  return (
    <>
      <p className="text-muted">
        {vendor.name} has {plural(vendor.kinds.length, "kind")} of credential. None opens everything: connect
        the one for what you want to see, and another later for the rest.
      </p>
      <ul className="grid max-w-5xl gap-3 lg:grid-cols-2">
        {vendor.kinds.map(kind => (
          <li key={kind.id} className="flex">
            <Link
              to={paths.connect({ vendor: vendor.id, kind: kind.id })}
              className="flex min-w-0 flex-1 flex-col gap-2 rounded-panel border border-hairline bg-panel p-4 hover:border-edge hover:bg-raised"
            >
              <span className="text-lead font-semibold">{kind.name}</span>
              <Opens kind={kind} />
              <span className="mt-auto text-dense text-faint">
                {plural(kind.steps.length, "step")} at {vendor.name}, then{" "}
                {plural(kind.auth_fields.length, "field")} here
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function Opens({ kind }: { kind: KeyKind }) {
  const opened = ABILITIES.filter(ability => kind.abilities.includes(ability));
  return (
    <span className="flex flex-wrap items-center gap-1">
      <span className="text-muted">Opens</span>
      {opened.map(ability => (
        <Tag key={ability}>{ABILITY_WORDS[ability]}</Tag>
      ))}
    </span>
  );
}
