// How a vendor is read: thirty days of each feed, and the latest runs.
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { coverageQuery, latestRunsQuery, schedulesQuery } from "@/api/collector-queries";
import type { Vendor } from "@/api/types";
import { DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/page";
import { Empty, Region } from "@/components/ui/states";
import { CoveragePanel } from "@/features/collector/coverage-panel";
import { runColumns } from "@/features/collector/run-columns";
import { RunDrawer } from "@/features/collector/run-drawer";
import { paths } from "@/lib/paths";

const RUNS = 20;

interface CollectionProps {
  vendor: Vendor;
  openRun: string | null;
  onOpenRun: (run: string | null) => void;
}

export function Collection({ vendor, openRun, onOpenRun }: CollectionProps) {
  const coverage = useQuery(coverageQuery(vendor.id));
  const schedules = useQuery(schedulesQuery);
  const runs = useQuery(latestRunsQuery({ vendor: vendor.id }, RUNS));
  const [search] = useSearchParams();
  const href = (id: string) => {
    const next = new URLSearchParams(search);
    next.set("run", id);
    return `?${next}`;
  };
  return (
    <>
      <Region framed query={coverage} what="the days" className="h-64">
        {data =>
          data.items.length === 0 ? (
            <div className="rounded-panel border border-hairline bg-panel">
              <Empty title="Nothing of it is collected">
                Its credentials have no ability that is read by itself: see Overview for what each would open.
              </Empty>
            </div>
          ) : (
            <CoveragePanel
              coverage={data}
              schedules={schedules.data?.items ?? []}
              running={runs.data?.items.filter(run => run.state === "running") ?? []}
              onOpenRun={onOpenRun}
            />
          )
        }
      </Region>
      <Panel
        title="Latest runs"
        flush
        actions={
          <Link to={paths.collectors({ vendor: vendor.id })} className="px-2 text-accent hover:underline">
            All of them
          </Link>
        }
      >
        <Region query={runs} what="the runs" className="m-4 h-40">
          {data => (
            <DataTable
              label={`Runs of ${vendor.name}`}
              columns={runColumns()}
              rows={data.items}
              rowKey={run => run.id}
              href={run => href(run.id)}
              openKey={openRun}
              empty={<Empty title="No run yet">The first begins when a credential is connected.</Empty>}
            />
          )}
        </Region>
      </Panel>
      <RunDrawer id={openRun} onClose={() => onOpenRun(null)} />
    </>
  );
}
