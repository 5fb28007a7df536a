// One credential: what may be shown of it, what it may do in the vendor's own words, and the acts upon it.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useRefusal } from "@/api/me";
import type { Key, Vendor } from "@/api/types";
import { credentialQuery } from "@/api/vendor-queries";
import { Button } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy";
import { rowId } from "@/components/ui/data-table";
import { Drawer } from "@/components/ui/dialog";
import { VendorMark } from "@/components/ui/marks";
import { Facts } from "@/components/ui/page";
import { Region } from "@/components/ui/states";
import { Ago } from "@/components/ui/time";
import { paths } from "@/lib/paths";
import { useShortcuts } from "@/lib/shortcuts";
import { AbilityList } from "./ability-list";
import { CheckButton } from "./check-button";
import { DeleteKey } from "./delete-key";
import { kindName } from "./key-columns";
import { KeyStatusMark } from "./marks";
import { ReplaceDialog } from "./replace-dialog";

interface KeyDrawerProps {
  id: string | null;
  /** As the list has it: shown until the newest answer is there. */
  known: Key | undefined;
  vendors: readonly Vendor[];
  onClose: () => void;
}

export function KeyDrawer({ id, known, vendors, onClose }: KeyDrawerProps) {
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      title={known?.label ?? "Credential"}
      opener={id && rowId(id)}
    >
      {id && <Body key={id} id={id} known={known} vendors={vendors} onClose={onClose} />}
    </Drawer>
  );
}

function Body({ id, known, vendors, onClose }: KeyDrawerProps & { id: string }) {
  const fetched = useQuery({ ...credentialQuery(id), enabled: known === undefined });
  useShortcuts({ Escape: onClose });
  if (known) return <View of={known} vendors={vendors} onGone={onClose} />;
  return (
    <Region query={fetched} what="the credential" className="m-4 h-96">
      {data => <View of={data} vendors={vendors} onGone={onClose} />}
    </Region>
  );
}

interface ViewProps {
  of: Key;
  vendors: readonly Vendor[];
  onGone: () => void;
}

function View({ of: key, vendors, onGone }: ViewProps) {
  const [act, setAct] = useState<"replace" | "delete" | null>(null);
  const refused = useRefusal("admin");
  const vendor = vendors.find(one => one.id === key.vendor);
  const kind = vendor?.kinds.find(one => one.id === key.kind);
  return (
    <div className="flex flex-col gap-6 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <CheckButton id={key.id} name={key.label} />
        <Button
          refused={refused ?? (kind ? null : "Its kind is no longer known; connect it anew.")}
          onClick={() => setAct("replace")}
        >
          Replace the secret
        </Button>
        <Button look="danger" refused={refused} onClick={() => setAct("delete")} className="ml-auto">
          Delete
        </Button>
      </div>
      <section className="flex flex-col gap-2">
        <h3 className="text-dense text-faint">
          What it may do{" "}
          {key.check && (
            <>
              · asked <Ago at={key.check.at} />
            </>
          )}
        </h3>
        <p>
          <KeyStatusMark status={key.status} />
        </p>
        {key.check?.failed && <p className="text-high">The check was not finished: {key.check.failed}</p>}
        {key.check && key.check.abilities.length > 0 && <AbilityList check={key.check} />}
        {!key.check && <p className="text-muted">The vendor has not been asked yet. Check asks it.</p>}
      </section>
      <KeyFacts of={key} vendors={vendors} />
      {vendor && kind && (
        <ReplaceDialog
          open={act === "replace"}
          onClose={() => setAct(null)}
          of={key}
          vendor={vendor}
          kind={kind}
        />
      )}
      <DeleteKey open={act === "delete"} onClose={() => setAct(null)} of={key} onGone={onGone} />
    </div>
  );
}

const mono = (value: string) => <CopyText value={value} whole />;

function KeyFacts({ of: key, vendors }: Omit<ViewProps, "onGone">) {
  const vendor = vendors.find(one => one.id === key.vendor);
  const fields = vendor?.kinds.find(one => one.id === key.kind)?.auth_fields ?? [];
  const label = (name: string) => fields.find(field => field.name === name)?.label ?? name;
  const items = [
    [
      "Vendor",
      <Link key="v" to={paths.vendor(key.vendor)} className="hover:text-accent">
        <VendorMark id={key.vendor} {...(vendor ? { name: vendor.name } : {})} />
      </Link>,
    ],
    ["Kind", kindName(key, vendors)],
    [
      "Secret",
      key.secrets.length === 0 ? (
        <span key="s" className="text-high">
          none: it can do nothing until another is put in
        </span>
      ) : (
        <span key="s">
          {key.secrets.map(label).join(", ")}
          {key.last4 && <span className="font-mono text-dense"> •••• {key.last4}</span>}
        </span>
      ),
    ],
    ...(key.fingerprint ? [["Fingerprint", mono(key.fingerprint)] as const] : []),
    ...Object.entries(key.fields).map(([name, value]) => [label(name), mono(value)] as const),
    ...Object.entries(key.base_urls).map(([host, url]) => [`Address of ${host}`, mono(url)] as const),
    ["Last used", key.last_used_at ? <Ago key="u" at={key.last_used_at} /> : "never"],
    ["Stored", <Ago key="c" at={key.created_at} />],
    ["Answers for it", key.owner],
    ["Id", mono(key.id)],
  ] as const;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-dense text-faint">Facts</h3>
      <Facts items={items} />
    </section>
  );
}
