// A comparison as a row: both sides in their own column, the gap, its cause and how sure that is.
import { Link } from "react-router";
import type { ReconciliationGroup, ReconciliationLine } from "@/api/types";
import type { Column } from "@/components/ui/data-table";
import { VendorMark } from "@/components/ui/marks";
import { CauseMark, NO_BILL } from "@/features/cost/causes";
import { about, count, instant, percent, short, signedUsd, usd } from "@/lib/format";
import { paths } from "@/lib/paths";

const DAY_MS = 86_400_000;

export function lineKey(line: ReconciliationLine): string {
  return [line.day.slice(0, 10), line.vendor, line.other ? "~" : (line.key ?? "")].join(" ").trim();
}

/** The same list with a line open beside it. */
export function lineHref(search: URLSearchParams, line: ReconciliationLine): string {
  const next = new URLSearchParams(search);
  next.set("line", lineKey(line));
  return `?${next}`;
}

/** The day as a window: to the events behind what was seen. */
function dayWindow(line: ReconciliationLine) {
  return { from: line.day, to: new Date(Date.parse(line.day) + DAY_MS).toISOString() };
}

function nameOf(line: ReconciliationLine): string {
  if (line.other) return "others";
  return line.key ?? "none named";
}

export function Seen({ line, group }: { line: ReconciliationLine; group: ReconciliationGroup }) {
  const model = group === "model" && line.key !== null && !line.other ? { model: [line.key] } : {};
  if (line.seen_events === 0) return <span className="text-faint">nothing</span>;
  return (
    <Link
      to={paths.events({ vendor: [line.vendor], ...model }, dayWindow(line))}
      className="text-accent hover:underline"
      title={`${count(line.seen_events)} events, ${count(line.seen_tokens)} tokens`}
    >
      {about(line.seen_usd)}
    </Link>
  );
}

const tokens = (n: number | null | undefined) =>
  n === null || n === undefined ? (
    <span className="text-faint">–</span>
  ) : (
    <span title={count(n)}>{short(n)}</span>
  );

export function lineColumns(group: ReconciliationGroup): Column<ReconciliationLine>[] {
  return [
    {
      id: "day",
      header: "Day (UTC)",
      min: 76,
      card: "lead",
      cell: line => instant(line.day, "UTC", "day"),
    },
    {
      id: "what",
      header: group === "vendor" ? "Vendor" : group === "model" ? "Model" : "API key",
      min: group === "vendor" ? 124 : 190,
      grow: 2,
      card: "lead",
      cell: line =>
        group === "vendor" ? (
          <VendorMark id={line.vendor} />
        ) : (
          <VendorMark id={line.vendor} model={nameOf(line)} />
        ),
    },
    {
      id: "billed",
      header: "Billed",
      named: true,
      min: 84,
      grow: 1,
      align: "end",
      cell: line =>
        line.billed_usd === null ? <span className="text-faint">no bill</span> : usd(line.billed_usd),
    },
    {
      id: "seen",
      header: "Seen here",
      named: true,
      min: 84,
      grow: 1,
      align: "end",
      cell: line => <Seen line={line} group={group} />,
    },
    {
      id: "gap",
      header: "Gap",
      named: true,
      min: 104,
      grow: 1,
      align: "end",
      cell: line =>
        line.gap_usd === null ? (
          <span className="text-faint">{line.cause === "agrees" ? "none" : "unknown"}</span>
        ) : (
          <span title={line.gap_expected ? NO_BILL : undefined}>
            {line.gap_expected && "≈ "}
            {signedUsd(line.gap_usd)}
          </span>
        ),
    },
    {
      id: "share",
      header: "Gap, %",
      min: 64,
      align: "end",
      card: "none",
      cell: line =>
        line.gap_share === null ? <span className="text-faint">–</span> : percent(line.gap_share),
    },
    {
      id: "tokens",
      header: "Tokens billed / seen",
      min: 132,
      align: "end",
      card: "none",
      cell: line => (
        <>
          {tokens(line.billed_tokens)} / {tokens(line.seen_tokens)}
        </>
      ),
    },
    { id: "cause", header: "Cause", min: 116, cell: line => <CauseMark cause={line.cause} /> },
    {
      id: "sure",
      header: "Confidence",
      min: 80,
      align: "end",
      card: "none",
      cell: line => percent(line.confidence),
    },
    {
      id: "reason",
      header: "Why",
      min: 220,
      grow: 5,
      wraps: true,
      cell: line => (
        <span className="text-muted" title={line.reason}>
          {line.reason}
        </span>
      ),
    },
  ];
}
