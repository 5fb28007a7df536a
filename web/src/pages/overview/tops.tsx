// Who and what leads: vendors, models, teams, apps, people, detectors. Each row opens its events.
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Overview, TopRow } from "@/api/types";
import { SeverityMark, VendorMark } from "@/components/ui/marks";
import { Panel } from "@/components/ui/page";
import type { EventFilters } from "@/lib/event-query";
import { count, short } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { RangeQuery } from "@/lib/range";

const ROWS = 6;

interface Entry {
  key: string;
  label: ReactNode;
  n: number;
  note: ReactNode;
  filters: Partial<EventFilters>;
}

function byEvents(rows: readonly TopRow[], field: "vendor" | "model" | "team" | "app" | "user"): Entry[] {
  return rows.slice(0, ROWS).map(row => ({
    key: row.key,
    label: field === "vendor" ? <VendorMark id={row.key} /> : row.key,
    n: row.events,
    note: row.findings > 0 ? `${short(row.findings)} found` : "",
    filters: { [field]: [row.key] },
  }));
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
      <TopList title="People" unit="events" entries={byEvents(top.users, "user")} range={range} />
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
              <Link
                to={paths.events(entry.filters, range)}
                className="grid grid-cols-[minmax(0,1fr)_auto_4.5rem] items-center gap-x-3 px-4 py-1.5 hover:bg-raised"
              >
                <span className="truncate">{entry.label}</span>
                <span className="text-dense text-faint">{entry.note}</span>
                <span className="text-right">{count(entry.n)}</span>
                <span aria-hidden className="col-span-3 mt-1 h-0.5 overflow-hidden rounded-full bg-raised">
                  <span
                    className="block h-full rounded-full bg-accent"
                    style={{ width: `${(entry.n / most) * 100}%` }}
                  />
                </span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
