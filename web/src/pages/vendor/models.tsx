// The models that the vendor lists, as last collected.
import type { UseQueryResult } from "@tanstack/react-query";
import type { Inventory } from "@/api/types";
import { CopyText } from "@/components/ui/copy";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/page";
import { Empty, Region } from "@/components/ui/states";
import { Time } from "@/components/ui/time";

type Item = Inventory["items"][number];

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
            rows={data.items}
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
