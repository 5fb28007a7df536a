// The rows of the live stream: events as on the Events page, and gaps with the way to what they left out.
import { Link } from "react-router";
import type { Column } from "@/components/ui/data-table";
import { eventColumns } from "@/features/events/columns";
import type { LiveRow } from "@/features/live/buffer";
import type { Gap } from "@/features/live/messages";
import type { EventFilters } from "@/lib/event-query";
import { count, instant } from "@/lib/format";
import { paths } from "@/lib/paths";
import { useZone } from "@/lib/preferences";

export const liveColumns: readonly Column<LiveRow>[] = eventColumns.map(column => ({
  ...column,
  cell: row => (row.kind === "event" ? column.cell(row.event) : null),
}));

const reasons: Record<string, string> = {
  load: "too many at once for one screen",
  resume: "missed while disconnected",
};

export function GapRow({ gap, filters }: { gap: Gap; filters: EventFilters }) {
  const zone = useZone();
  return (
    <span className="hatched flex h-7 items-center gap-3 rounded-control px-3 text-dense text-muted">
      <span className="truncate">
        {count(gap.count)} skipped, {instant(gap.from, zone, "clock")}–{instant(gap.to, zone, "clock")} ·{" "}
        {reasons[gap.reason] ?? gap.reason}
      </span>
      <Link
        to={paths.events(filters, { from: gap.from, to: gap.to })}
        className="ml-auto shrink-0 text-accent hover:underline"
      >
        Show them
      </Link>
    </span>
  );
}
