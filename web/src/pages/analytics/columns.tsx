// A vendor or model as a row: percentiles, errors, tokens, money and findings; a figure leads to its events.
import { Link } from "react-router";
import type { Analytics, AnalyticsGroup, AnalyticsRow } from "@/api/types";
import { Spark } from "@/components/charts/spark";
import type { Column } from "@/components/ui/data-table";
import { VendorMark } from "@/components/ui/marks";
import type { EventFilters } from "@/lib/event-query";
import { about, count, millis, percent, short, usd } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { RangeQuery } from "@/lib/range";
import { MOST, rowKeyOf, rowName } from "./rows";

interface Wanted {
  group: AnalyticsGroup;
  range: RangeQuery;
  chosen: readonly string[];
  onToggle: (key: string) => void;
  data: Analytics;
}

const nothing = <span className="text-faint">–</span>;
const ms = (n: number | null | undefined) => (n === null || n === undefined ? nothing : millis(n));

/** The filters that list a row's events; null for what stands for several. */
function filtersOf(row: AnalyticsRow): Partial<EventFilters> | null {
  if (row.other || row.vendor === null) return null;
  return { vendor: [row.vendor], ...(row.model === null ? {} : { model: [row.model] }) };
}

function Name({ row }: { row: AnalyticsRow }) {
  if (row.other || row.vendor === null) return <i className="text-muted">{rowName(row)}</i>;
  return row.model === null ? (
    <VendorMark id={row.vendor} />
  ) : (
    <VendorMark id={row.vendor} model={row.model} />
  );
}

interface FigureProps {
  row: AnalyticsRow;
  range: RangeQuery;
  also?: Partial<EventFilters>;
  children: string;
}

function Figure({ row, range, also = {}, children }: FigureProps) {
  const filters = filtersOf(row);
  if (filters === null) return children;
  return (
    <Link to={paths.events({ ...filters, ...also }, range)} className="hover:text-accent hover:underline">
      {children}
    </Link>
  );
}

export function analyticsColumns({ group, range, chosen, onToggle, data }: Wanted): Column<AnalyticsRow>[] {
  const full = chosen.length >= MOST;
  const figure = (
    id: string,
    header: string,
    min: number,
    cell: Column<AnalyticsRow>["cell"],
    card: Column<AnalyticsRow>["card"] = "none",
  ): Column<AnalyticsRow> => ({ id, header, min, grow: 1, align: "end", named: true, card, cell });
  return [
    {
      id: "name",
      header: group === "vendor" ? "Vendor" : "Model",
      min: 170,
      grow: 3,
      card: "lead",
      cell: row => {
        const key = rowKeyOf(row);
        const picked = chosen.includes(key);
        return (
          <span className="inline-flex min-w-0 max-w-full items-center gap-2.5 align-bottom">
            <input
              type="checkbox"
              aria-label={`Compare ${rowName(row)}`}
              checked={picked}
              disabled={full && !picked}
              onChange={() => onToggle(key)}
              className="size-4 shrink-0 accent-accent"
            />
            <Name row={row} />
          </span>
        );
      },
    },
    figure(
      "events",
      "Events",
      68,
      row => (
        <Figure row={row} range={range}>
          {count(row.figures.events)}
        </Figure>
      ),
      "line",
    ),
    figure("p50", "P50", 72, row => ms(row.latency_ms.p50)),
    figure("p95", "P95", 68, row => ms(row.latency_ms.p95), "line"),
    figure("p99", "P99", 68, row => ms(row.latency_ms.p99)),
    figure("ttft", "First token", 84, row => ms(row.ttft_ms.p95)),
    figure(
      "errors",
      "Errors",
      60,
      row => (
        <Figure row={row} range={range} also={{ status: ["error", "truncated"] }}>
          {percent(row.error_rate)}
        </Figure>
      ),
      "line",
    ),
    figure("tokens", "Tokens", 60, row => {
      const all = row.figures.tokens.input + row.figures.tokens.output;
      return <span title={count(all)}>{short(all)}</span>;
    }),
    figure("stated", "Stated", 72, row => money(row.figures.reported.stated_usd, usd)),
    figure("observed", "Observed", 84, row => money(row.figures.observed_usd, about), "line"),
    figure("unpriced", "Not priced", 78, row => {
      const n = row.figures.not_priced.tokens;
      return n === 0 ? nothing : <span title={`${count(n)} tokens`}>{short(n)}</span>;
    }),
    figure("million", "$ / 1M", 72, row => {
      const price = row.figures.usd_per_million_tokens;
      return price === null ? nothing : about(price);
    }),
    figure("findings", "Found / 1k", 78, row => (
      <Figure row={row} range={range} also={{ severity: ["-none"] }}>
        {row.findings_per_1k.toFixed(1)}
      </Figure>
    )),
    {
      id: "trend",
      header: "Trend",
      min: 90,
      card: "none",
      cell: row => (
        <Spark points={row.trend.events} unfinished={Date.parse(data.to) >= Date.parse(data.as_of)} />
      ),
    },
  ];
}

function money(decimal: string, show: (decimal: string) => string) {
  return Number(decimal) === 0 ? nothing : show(decimal);
}
