// Is the vendors' data whole and fresh? Thirty days of each feed, when each is read next, and the runs that read them.
import { useQuery } from "@tanstack/react-query";
import { coverageQuery, latestRunsQuery, runsList, schedulesQuery } from "@/api/collector-queries";
import type { CollectorCoverage } from "@/api/types";
import { useList } from "@/api/use-list";
import { Page } from "@/components/ui/page";
import { awaiting, Empty, Region } from "@/components/ui/states";
import { CoveragePanel } from "@/features/collector/coverage-panel";
import { RunDrawer } from "@/features/collector/run-drawer";
import { AddCredential } from "@/features/vendors/add-credential";
import { defineFilters, oneOf, text } from "@/lib/filters";
import { plural } from "@/lib/format";
import { useFilters } from "@/lib/use-filters";
import { RUN_STATES, Runs } from "./runs";

const spec = defineFilters({ vendor: text(), state: oneOf(["all", ...RUN_STATES], "all"), run: text() });

function words(coverage: CollectorCoverage): string {
  const days = coverage.items.flatMap(item => item.days);
  const failed = days.filter(day => day.state === "failed").length;
  const missing = days.filter(day => day.state === "missing").length;
  if (coverage.items.length === 0) return "Nothing is collected yet.";
  const gone = [
    failed > 0 ? `${plural(failed, "day")} failed` : "",
    missing > 0 ? `${plural(missing, "day")} never read` : "",
  ].filter(Boolean);
  const feeds = plural(coverage.items.length, "feed");
  return gone.length === 0
    ? `${feeds} over the last 30 days: every day that is over is whole.`
    : `${feeds} over the last 30 days: ${gone.join(", ")}.`;
}

export default function CollectorsPage() {
  const [filters, set, ignored] = useFilters(spec);
  const coverage = useQuery(coverageQuery());
  const schedules = useQuery(schedulesQuery);
  const { vendor, state } = filters;
  const list = useList(
    runsList({ ...(vendor === null ? {} : { vendor }), ...(state === "all" ? {} : { state }) }),
  );
  // What is under way is among the latest runs, unless these are filtered.
  const filtered = vendor !== null || state !== "all";
  const apart = useQuery({ ...latestRunsQuery({ state: "running" }, 100), enabled: filtered });
  const running = filtered ? (apart.data?.items ?? []) : list.rows.filter(run => run.state === "running");
  const openRun = (run: string) => set({ run });
  return (
    <Page
      title="Collectors"
      about={coverage.data ? words(coverage.data) : awaiting(coverage, "Reading which days are whole…")}
      ignored={ignored}
    >
      <Region framed query={coverage} what="the days" className="h-96">
        {data =>
          data.items.length === 0 ? (
            <div className="rounded-panel border border-hairline bg-panel">
              <Empty title="Nothing is collected yet" action={<AddCredential />}>
                A credential that may read usage, costs or audit events is read by itself from the day it is
                connected, and back over the days before.
              </Empty>
            </div>
          ) : (
            <CoveragePanel
              coverage={data}
              schedules={schedules.data?.items ?? []}
              running={running}
              onOpenRun={openRun}
            />
          )
        }
      </Region>
      {!coverage.isPending && (
        <Runs list={list} vendor={vendor} state={state} openId={filters.run} onFilter={set} />
      )}
      <RunDrawer id={filters.run} onClose={() => set({ run: null })} />
    </Page>
  );
}
