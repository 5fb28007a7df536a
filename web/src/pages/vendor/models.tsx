// The models that the vendor lists, as last collected.
import type { UseQueryResult } from "@tanstack/react-query";
import type { Inventory } from "@/api/types";
import { CopyText } from "@/components/ui/copy";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/page";
import { Empty, Region } from "@/components/ui/states";
import { Time } from "@/components/ui/time";

/** The vendor's own words for a model, and what people call it where that differs. */
interface Item {
  id: string;
  name: string | null;
}

/** Items are as the vendor states them: what names them differs. */
function itemOf(stated: unknown): Item | null {
  if (typeof stated !== "object" || stated === null) return null;
  const fields: Record<string, unknown> = Object.fromEntries(Object.entries(stated));
  const word = (name: string) => (typeof fields[name] === "string" ? String(fields[name]) : null);
  const id = word("id") ?? word("name") ?? word("model");
  const name = word("display_name") ?? word("displayName") ?? word("name");
  return id === null ? null : { id, name: name === id ? null : name };
}

/** Each model once: several credentials may list it. */
function itemsOf(inventory: Inventory): Item[] {
  const known = new Map<string, Item>();
  for (const stated of inventory.items) {
    const item = itemOf(stated);
    if (item && !known.has(item.id)) known.set(item.id, item);
  }
  return [...known.values()];
}

const columns: readonly Column<Item>[] = [
  {
    id: "id",
    header: "Model",
    min: 240,
    grow: 2,
    card: "lead",
    cell: item => <CopyText value={item.id} whole className="!min-h-0" />,
  },
  {
    id: "name",
    header: "Name",
    min: 180,
    grow: 2,
    cell: item => item.name ?? <span className="text-faint">–</span>,
  },
];

export function Models({ query }: { query: UseQueryResult<Inventory> }) {
  const at = query.data?.as_of;
  return (
    <Panel
      title="Models"
      about={
        at && (
          <>
            as of <Time at={at} shape="minute" />
          </>
        )
      }
      flush
    >
      <Region query={query} what="the models" className="m-4 h-64">
        {data => (
          <DataTable
            label="Models"
            columns={columns}
            rows={itemsOf(data)}
            rowKey={item => item.id}
            empty={
              <Empty title="No model is listed yet">
                A credential that may list models is read by itself.
              </Empty>
            }
          />
        )}
      </Region>
    </Panel>
  );
}
