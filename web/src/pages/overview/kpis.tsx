// Six figures with their change and course, each a link to its rows.
import { Link } from "react-router";
import type { Kpi, Overview } from "@/api/types";
import { Spark } from "@/components/charts/spark";
import type { EventFilters } from "@/lib/event-query";
import { count, delta, length, millis, short } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { RangeQuery } from "@/lib/range";

interface Figure {
  name: string;
  kpi: Kpi;
  show: (n: number) => string;
  filters: Partial<EventFilters>;
}

function figures({ kpis }: Overview): Figure[] {
  const p95 = kpis.latency_p95_ms.value;
  return [
    { name: "Events", kpi: kpis.events, show: count, filters: {} },
    { name: "Findings", kpi: kpis.findings, show: count, filters: { severity: ["-none"] } },
    { name: "Flagged", kpi: kpis.flagged, show: count, filters: { action: ["flag"] } },
    { name: "Critical", kpi: kpis.critical, show: count, filters: { severity: ["critical"] } },
    {
      name: "P95 latency",
      kpi: kpis.latency_p95_ms,
      show: millis,
      filters: p95 === null ? {} : { min_latency_ms: String(p95) },
    },
    { name: "Errors", kpi: kpis.errors, show: count, filters: { status: ["error"] } },
  ];
}

export function Kpis({ overview, range }: { overview: Overview; range: RangeQuery }) {
  const seconds = (Date.parse(overview.to) - Date.parse(overview.from)) / 1000;
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-panel border border-hairline bg-hairline sm:grid-cols-3 lg:grid-cols-6">
      {figures(overview).map(figure => (
        <li key={figure.name} className="flex bg-panel">
          <Link
            to={paths.events(figure.filters, range)}
            className="flex min-w-0 flex-1 flex-col gap-1 px-4 pt-3 pb-2 hover:bg-raised"
          >
            <span className="text-dense text-muted">{figure.name}</span>
            <span className="font-head text-figure font-semibold tracking-tight">
              {figure.kpi.value === null ? (
                <span className="text-faint">no data</span>
              ) : (
                figure.show(figure.kpi.value)
              )}
            </span>
            <Change figure={figure} seconds={seconds} />
            <span className="mt-auto pt-1">
              <Spark points={figure.kpi.spark} unfinished={!overview.series.complete} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Change({ figure: { kpi, show }, seconds }: { figure: Figure; seconds: number }) {
  const { value, previous } = kpi;
  if (value === null || previous === null)
    return <span className="text-dense text-faint">nothing to compare</span>;
  const change = delta(value, previous);
  return (
    <span
      className="truncate text-dense text-faint"
      title={`${show(previous)} in the ${length(seconds)} before`}
    >
      <span className="text-muted">{change ?? `from ${short(previous)}`}</span> vs {length(seconds)} before
    </span>
  );
}
