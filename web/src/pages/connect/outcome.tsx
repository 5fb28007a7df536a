// Step 4: what the vendor said, and how the first reading goes.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Key, Vendor } from "@/api/types";
import { credentialQuery } from "@/api/vendor-queries";
import { Button, buttonClass } from "@/components/ui/button";
import { Panel } from "@/components/ui/page";
import { Region } from "@/components/ui/states";
import { FirstSync } from "@/features/collector/first-sync";
import { AbilityList } from "@/features/vendors/ability-list";
import { CheckButton } from "@/features/vendors/check-button";
import { KeyStatusMark } from "@/features/vendors/marks";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";

interface OutcomeProps {
  id: string;
  vendors: readonly Vendor[];
  onAnother: () => void;
}

export function Outcome({ id, vendors, onAnother }: OutcomeProps) {
  const key = useQuery(credentialQuery(id));
  return (
    <Region framed query={key} what="the credential" className="h-64">
      {data => {
        const vendor = vendors.find(one => one.id === data.vendor);
        return (
          <div className="flex max-w-4xl flex-col gap-4">
            <Proof data={data} name={vendor?.name ?? data.vendor} />
            {data.status !== "invalid" && <FirstSync credential={data.id} reads={reads(data)} />}
            <div className="flex flex-wrap gap-2">
              <Link to={paths.vendor(data.vendor)} className={buttonClass("primary")}>
                Open {vendor?.name ?? data.vendor}
              </Link>
              <Link to={paths.keys({ key: data.id })} className={buttonClass()}>
                Its credential
              </Link>
              <Button look="quiet" onClick={onAnother}>
                Connect another
              </Button>
            </div>
          </div>
        );
      }}
    </Region>
  );
}

/** What is not read by itself: calls are the gateway's business. */
function reads(key: Key): boolean {
  return key.check?.abilities.some(one => one.standing === "has" && one.ability !== "inference") ?? false;
}

/** The verdict in a sentence. */
function verdict(key: Key, name: string): string {
  const { check } = key;
  if (!check) return `${name} has not been asked yet.`;
  if (check.failed) return `It is stored. ${name} could not be asked to the end: ${check.failed}`;
  if (key.status === "invalid")
    return `${name} does not know it. It is stored; put another secret in its place.`;
  const works = check.abilities.filter(one => one.standing === "has").length;
  const refused = check.abilities.filter(one => one.standing === "lacks").length;
  const rest = refused > 0 ? `, and ${plural(refused, "is", "are")} refused` : "";
  return `${name} knows it: ${plural(works, "ability works", "abilities work")}${rest}.`;
}

function Proof({ data, name }: { data: Key; name: string }) {
  return (
    <Panel
      title={data.label}
      about={data.last4 ? <span className="font-mono">•••• {data.last4}</span> : undefined}
      actions={<CheckButton id={data.id} name={data.label} small />}
    >
      <div className="flex flex-col gap-3">
        <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <KeyStatusMark status={data.status} />
          <span>{verdict(data, name)}</span>
        </p>
        {data.check && data.check.abilities.length > 0 && <AbilityList check={data.check} />}
        {data.check?.abilities.some(one => one.standing === "lacks") && (
          <p className="text-muted">
            What is refused can be granted at {name} later; then press Check. Nothing else has to be entered
            again.
          </p>
        )}
      </div>
    </Panel>
  );
}
