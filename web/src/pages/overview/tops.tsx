// Who and what leads: vendors, models, teams, apps, people, detectors. Each row opens its events.
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Overview, TopRow } from "@/api/types";
import { SeverityMark, VendorMark } from "@/components/ui/marks";
import { Panel } from "@/components/ui/page";
import { cx } from "@/lib/cx";
import type { EventFilters } from "@/lib/event-query";
import { count, short } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { RangeQuery } from "@/lib/range";

const ROWS = 6;
const ROW = "grid grid-cols-[minmax(0,1fr)_auto_4.5rem] items-center gap-x-3 px-4 py-1.5";

interface Entry {
  key: string;
  label: ReactNode;
  n: number;
  note: ReactNode;
  /** null: the row stands for values that were not kept apart, so there is nothing to filter by. */
  filters: Partial<EventFilters> | null;
}

function byEvents(rows: readonly TopRow[], field: "vendor" | "model" | "team" | "app" | "user"): Entry[] {
  const named = rows.filter(row => !row.other).slice(0, ROWS);
  const other = rows
    .filter(row => row.other)
    .map(row => ({
      key: "\u001f",
      label: <i title="Too many values to count each: these are the others, added up">Other values</i>,
      n: row.events,
      note: row.findings > 0 ? `${short(row.findings)} found` : "",
      filters: null,
    }));
  const entries = named.map(row => ({
    key: row.key,
    label: field === "vendor" ? <VendorMark id={row.key} /> : row.key,
    n: row.events,
    note: row.findings > 0 ? `${short(row.findings)} found` : "",
    filters: { [field]: [row.key] },
  }));
  return [...entries, ...other];
}

/** People lead by what was found in their calls: who calls most says little. */
function byFindings(rows: readonly TopRow[]): Entry[] {
  return byEvents(rows, "user").map(entry => {
    const row = rows.find(one => (one.other ? "\u001f" : one.key) === entry.key);
    return { ...entry, n: row?.findings ?? 0, note: `${short(entry.n)} events` };
  });
}

export function Tops({ overview: { top }, range }: { overview: Overview; range: RangeQuery }) {
  const detectors: Entry[] = top.detectors.slice(0, ROWS).map(row => ({
    key: row.detector,
    label: <span className="font-mono text-dense">{row.detector}</span>,
    n: row.findings,
    note:
      row.critical > 0 ? (
        <SeverityMark severity="critical" />
      ) : row.high > 0 ? (
        <SeverityMark severity="high" />
      ) : (
        ""
      ),
    filters: { detector: [row.detector] },
  }));
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <TopList title="Vendors" unit="events" entries={byEvents(top.vendors, "vendor")} range={range} />
      <TopList title="Models" unit="events" entries={byEvents(top.models, "model")} range={range} />
      <TopList title="Detectors" unit="findings" entries={detectors} range={range} />
      <TopList title="Teams" unit="events" entries={byEvents(top.teams, "team")} range={range} />
      <TopList title="Apps" unit="events" entries={byEvents(top.apps, "app")} range={range} />
      <TopList title="People" unit="findings" entries={byFindings(top.users)} range={range} />
    </div>
  );
}

function TopList({
  title,
  unit,
  entries,
  range,
}: {
  title: string;
  unit: string;
  entries: Entry[];
  range: RangeQuery;
}) {
  const most = Math.max(1, ...entries.map(entry => entry.n));
  return (
    <Panel title={title} about={unit} flush>
      {entries.length === 0 ? (
        <p className="px-4 py-6 text-muted">None in this range.</p>
      ) : (
        <ol className="py-1.5">
          {entries.map(entry => (
            <li key={entry.key}>
              {entry.filters === null ? (
                <div className={ROW}>
                  <Row entry={entry} most={most} />
                </div>
              ) : (
                <Link to={paths.events(entry.filters, range)} className={cx(ROW, "hover:bg-raised")}>
                  <Row entry={entry} most={most} />
                </Link>
              )}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Row({ entry, most }: { entry: Entry; most: number }) {
  return (
    <>
      <span className="truncate">{entry.label}</span>
      <span className="text-dense text-faint">{entry.note}</span>
      <span className="text-right">{count(entry.n)}</span>
      <span aria-hidden className="col-span-3 mt-1 h-0.5 overflow-hidden rounded-full bg-raised">
        <span
          className="block h-full rounded-full bg-accent"
          style={{ width: `${(entry.n / most) * 100}%` }}
        />
      </span>
    </>
  );
}
