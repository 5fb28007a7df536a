// Are we fine, and what changed? One answer of the dashboard, from the sentence down to the latest critical rows.
import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "@/api/queries";
import type { Overview } from "@/api/types";
import { Page } from "@/components/ui/page";
import { awaiting, Region } from "@/components/ui/states";
import { Time } from "@/components/ui/time";
import { rangeSpec } from "@/lib/event-query";
import { defineFilters, oneOf } from "@/lib/filters";
import { type RangeQuery, rangeQuery } from "@/lib/range";
import { useFilters } from "@/lib/use-filters";
import { FirstRun } from "./first-run";
import { Kpis } from "./kpis";
import { Latest } from "./latest";
import { StatusSentence } from "./sentence";
import { Series } from "./series";
import { Strip } from "./strip";
import { Tops } from "./tops";

const spec = defineFilters({ ...rangeSpec, metric: oneOf(["events", "findings", "tokens"], "events") });

export default function OverviewPage() {
  const [filters, set, ignored] = useFilters(spec);
  const range = rangeQuery(filters);
  const overview = useQuery(overviewQuery(range));
  return (
    <Page
      title="Overview"
      ignored={ignored}
      about={
        overview.data ? (
          <StatusSentence overview={overview.data} range={range} />
        ) : (
          awaiting(overview, "Reading the figures…")
        )
      }
      actions={overview.data && <AsOf at={overview.data.as_of} />}
    >
      <Region framed query={overview} what="the overview" className="h-96">
        {data =>
          isBlank(data) ? (
            <FirstRun />
          ) : (
            <Figures
              overview={data}
              range={range}
              metric={filters.metric}
              onMetric={metric => set({ metric })}
            />
          )
        }
      </Region>
    </Page>
  );
}

/** Nothing was ever collected, as opposed to nothing in this range. */
function isBlank({ kpis, pipeline }: Overview): boolean {
  return kpis.events.value === 0 && pipeline.last_received_at === null;
}

function AsOf({ at }: { at: string }) {
  return (
    <span className="text-dense text-faint">
      as of <Time at={at} shape="clock" />
    </span>
  );
}

type Metric = "events" | "findings" | "tokens";

interface FiguresProps {
  overview: Overview;
  range: RangeQuery;
  metric: Metric;
  onMetric: (metric: Metric) => void;
}

function Figures({ overview, range, metric, onMetric }: FiguresProps) {
  return (
    <>
      <Kpis overview={overview} range={range} />
      <Series overview={overview} range={range} metric={metric} onMetric={onMetric} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Latest rows={overview.latest_critical} range={range} />
        <Strip overview={overview} />
      </div>
      <Tops overview={overview} range={range} />
    </>
  );
}
