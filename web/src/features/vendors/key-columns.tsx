// Credentials as rows: name and last four, vendor, verdict, abilities, when checked and used. Used by Credentials and by
// a vendor's tab.
import type { Key, Vendor } from "@/api/types";
import type { Column } from "@/components/ui/data-table";
import { DemoMark, Tag, VendorMark } from "@/components/ui/marks";
import { Ago } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import { ABILITY_WORDS, inOrder } from "./abilities";
import { CheckButton } from "./check-button";
import { KeyStatusMark } from "./marks";

/** The name of a credential's kind, where its vendor is known. */
export function kindName(key: Key, vendors: readonly Vendor[]): string {
  const vendor = vendors.find(one => one.id === key.vendor);
  return vendor?.kinds.find(kind => kind.id === key.kind)?.name ?? key.kind;
}

export function keyColumns(vendors: readonly Vendor[], { vendor = true } = {}): Column<Key>[] {
  const name = (id: string) => vendors.find(one => one.id === id)?.name;
  const columns: (Column<Key> | null)[] = [
    {
      id: "label",
      header: "Credential",
      min: 300,
      grow: 3,
      card: "lead",
      cell: key => (
        <span className="inline-flex min-w-0 max-w-full items-center gap-2 align-bottom">
          <span className="truncate">{key.label}</span>
          {key.last4 && <span className="shrink-0 font-mono text-dense text-faint">•••• {key.last4}</span>}
          {key.demo && <DemoMark />}
        </span>
      ),
    },
    vendor
      ? {
          id: "vendor",
          header: "Vendor",
          min: 124,
          grow: 1,
          cell: key => <VendorMark id={key.vendor} {...nameOf(name(key.vendor))} />,
        }
      : null,
    {
      id: "kind",
      header: "Kind",
      min: 136,
      grow: 1,
      card: "none",
      cell: key => kindName(key, vendors),
    },
    { id: "status", header: "Status", min: 104, cell: key => <KeyStatusMark status={key.status} /> },
    {
      id: "abilities",
      header: "Works for",
      min: 190,
      grow: 2,
      card: "none",
      cell: key => <May of={key} />,
    },
    {
      id: "checked",
      header: "Checked",
      named: true,
      min: 96,
      cell: key => (key.check ? <Ago at={key.check.at} /> : <span className="text-faint">never</span>),
    },
    {
      id: "used",
      header: "Last used",
      named: true,
      min: 96,
      cell: key =>
        key.last_used_at ? <Ago at={key.last_used_at} /> : <span className="text-faint">never used</span>,
    },
    {
      id: "acts",
      header: "Actions",
      min: 76,
      align: "end",
      card: "none",
      cell: key => <CheckButton id={key.id} name={key.label} small />,
    },
  ];
  return columns.filter(column => column !== null);
}

const nameOf = (name: string | undefined) => (name === undefined ? {} : { name });

/** The abilities that were proved; how many more there are stands behind. */
function May({ of }: { of: Key }) {
  const works = inOrder(of.check?.abilities ?? []).filter(one => one.standing === "has");
  if (works.length === 0) return <span className="text-faint">nothing yet</span>;
  const shown = works.slice(0, 2);
  const more = works.slice(2);
  return (
    <span className="inline-flex items-center gap-1">
      {shown.map(({ ability }) => (
        <Tag key={ability}>{ABILITY_WORDS[ability]}</Tag>
      ))}
      {more.length > 0 && (
        <Tooltip hint={more.map(({ ability }) => ABILITY_WORDS[ability]).join(", ")}>
          <button type="button" className="rounded-control px-1 text-dense text-muted hover:text-text">
            +{more.length}
          </button>
        </Tooltip>
      )}
    </span>
  );
}
