// Step 1: which vendor. Each says what it can tell.
import { Plus } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useRefusal } from "@/api/me";
import type { Ability, Vendor } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { Tag, VendorMark } from "@/components/ui/marks";
import { Empty } from "@/components/ui/states";
import { ABILITY_WORDS } from "@/features/vendors/abilities";
import { OwnVendorDialog } from "@/features/vendors/own-vendor-dialog";
import { paths } from "@/lib/paths";

/** What most people come for, in this order. */
const TOLD: readonly Ability[] = ["usage", "cost", "audit", "content", "inference"];

export function ChooseVendor({ vendors }: { vendors: readonly Vendor[] }) {
  const [wanted, setWanted] = useState("");
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  const refused = useRefusal("analyst");
  const word = wanted.trim().toLowerCase();
  const shown = vendors.filter(vendor => `${vendor.name} ${vendor.id}`.toLowerCase().includes(word));
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label="Search vendors"
          placeholder="Search vendors"
          value={wanted}
          onChange={event => setWanted(event.target.value)}
          className="max-w-72"
        />
        <Button refused={refused} onClick={() => setMaking(true)} className="ml-auto">
          <Plus aria-hidden className="size-4" />A vendor of your own
        </Button>
      </div>
      {shown.length === 0 && (
        <Empty title="No vendor of this name">
          What is not in the list can be added as a vendor of your own, if it tells its usage over HTTPS.
        </Empty>
      )}
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {shown.map(vendor => (
          <li key={vendor.id} className="flex">
            <Link
              to={paths.connect({ vendor: vendor.id })}
              className="flex min-w-0 flex-1 flex-col gap-2 rounded-panel border border-hairline bg-panel p-4 hover:border-edge hover:bg-raised"
            >
              <span className="text-lead font-semibold">
                <VendorMark id={vendor.id} name={vendor.name} />
              </span>
              <Told vendor={vendor} />
            </Link>
          </li>
        ))}
      </ul>
      <OwnVendorDialog
        open={making}
        onClose={() => setMaking(false)}
        onMade={made => void navigate(paths.connect({ vendor: made.id }))}
      />
    </>
  );
}

function Told({ vendor }: { vendor: Vendor }) {
  const offered = TOLD.filter(ability => vendor.abilities.some(o => o.ability === ability && o.offered));
  const kinds = vendor.kinds.map(kind => kind.name).join(", ");
  return (
    <>
      <span className="flex flex-wrap gap-1">
        {offered.length === 0 && <Tag>nothing by itself</Tag>}
        {offered.map(ability => (
          <Tag key={ability}>{ABILITY_WORDS[ability]}</Tag>
        ))}
      </span>
      <span className="mt-auto truncate text-dense text-faint">{kinds}</span>
    </>
  );
}
