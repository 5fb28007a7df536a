// The columns of an event list, the same on Events and Live.
import type { EventRow } from "@/api/types";
import type { Column } from "@/components/ui/data-table";
import { ActionMark, DemoMark, SeverityMark, StatusMark, VendorMark } from "@/components/ui/marks";
import { Time } from "@/components/ui/time";
import { count, millis } from "@/lib/format";

const nothing = <span className="text-faint">–</span>;

function Who({ row }: { row: EventRow }) {
  const who = row.user ?? row.subject_id;
  return (
    <span title={who ?? undefined}>
      {who ?? nothing}
      {(row.team || row.app) && (
        <span className="text-faint"> · {[row.team, row.app].filter(Boolean).join(" / ")}</span>
      )}
    </span>
  );
}

function tokens({ usage }: EventRow): string | null {
  return usage === null ? null : count(usage.input_tokens + usage.output_tokens);
}

export const eventColumns: readonly Column<EventRow>[] = [
  {
    id: "time",
    header: "Time",
    min: 156,
    card: "lead",
    cell: row => (
      <span className="inline-flex items-center gap-2">
        <Time at={row.occurred_at} />
        {row.demo && <DemoMark />}
      </span>
    ),
  },
  {
    id: "severity",
    header: "Severity",
    min: 88,
    card: "lead",
    cell: row => <SeverityMark severity={row.severity} />,
  },
  { id: "action", header: "Action", min: 100, card: "lead", cell: row => <ActionMark action={row.action} /> },
  {
    id: "findings",
    header: "Findings",
    min: 144,
    grow: 1,
    cell: row =>
      row.findings_count === 0 ? (
        nothing
      ) : (
        <span title={row.detectors.join(", ")}>
          {row.findings_count} · <span className="font-mono text-dense">{row.detectors.join(", ")}</span>
        </span>
      ),
  },
  { id: "who", header: "Person · team / app", min: 200, grow: 3, cell: row => <Who row={row} /> },
  {
    id: "vendor",
    header: "Vendor · model",
    min: 168,
    grow: 2,
    cell: row => (
      <span title={row.model}>
        <VendorMark id={row.vendor} model={row.model} />
      </span>
    ),
  },
  {
    id: "tokens",
    header: "Tokens",
    min: 64,
    align: "end",
    card: "none",
    cell: row => tokens(row) ?? nothing,
  },
  {
    id: "latency",
    header: "Latency",
    min: 80,
    align: "end",
    card: "none",
    cell: row => (row.latency_ms === null ? nothing : millis(row.latency_ms)),
  },
  { id: "status", header: "Status", min: 80, card: "none", cell: row => <StatusMark status={row.status} /> },
];
