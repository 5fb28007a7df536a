// The chain of data keys, by name.
import type { Vault } from "@/api/types";
import { CopyText } from "@/components/ui/copy";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Mark, Tag } from "@/components/ui/marks";
import { Ago } from "@/components/ui/time";

type DataKey = Vault["keys"][number];

const columns: readonly Column<DataKey>[] = [
  {
    id: "id",
    header: "Key",
    min: 200,
    grow: 2,
    card: "lead",
    cell: key => <CopyText value={key.id} whole className="!min-h-0" />,
  },
  {
    id: "use",
    header: "Use",
    min: 120,
    grow: 1,
    cell: key =>
      key.primary ? (
        <Mark shape="tick" colour="text-ok">
          seals and opens
        </Mark>
      ) : (
        <Mark shape="ring" colour="text-muted">
          opens only
        </Mark>
      ),
  },
  {
    id: "origin",
    header: "From",
    min: 120,
    grow: 1,
    cell: key => (key.imported ? <Tag>brought in</Tag> : <span className="text-muted">made here</span>),
  },
  { id: "age", header: "Since", named: true, min: 110, grow: 1, cell: key => <Ago at={key.created_at} /> },
];

export function DataKeys({ vault }: { vault: Vault }) {
  return (
    <DataTable
      label="Data keys"
      columns={columns}
      rows={vault.keys}
      rowKey={key => key.id}
      empty={<p className="p-4 text-muted">The vault has no key: it does not open.</p>}
    />
  );
}
