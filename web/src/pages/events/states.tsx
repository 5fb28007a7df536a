// What the list says when it is empty, still looking, or at its end.
import { useQuery } from "@tanstack/react-query";
import { pipelineQuery } from "@/api/queries";
import type { List } from "@/api/use-list";
import { Button } from "@/components/ui/button";
import { Empty, Failed } from "@/components/ui/states";
import { FirstEvent, SendTestEvent } from "@/features/first-event/first-event";
import { bareFilters, type EventFilters, isUnfiltered } from "@/lib/event-query";
import { plural } from "@/lib/format";
import { RANGE_WORDS, type RangeName, type RangeQuery } from "@/lib/range";

interface RangePatch {
  range?: RangeName;
  from?: null;
  to?: null;
}

interface NoEventsProps {
  list: List;
  filters: EventFilters;
  range: RangeQuery;
  onChange: (patch: Partial<EventFilters> & RangePatch) => void;
}

/** The next wider range worth trying. */
function wider(range: RangeQuery): RangeName {
  if (!("range" in range)) return "30d";
  return range.range === "30d" || range.range === "90d" ? "90d" : range.range === "7d" ? "30d" : "7d";
}

export function NoEvents({ list, filters, range, onChange }: NoEventsProps) {
  const pipeline = useQuery(pipelineQuery);
  if (list.state === "looking") return <p className="p-8 text-center text-muted">Looking further back…</p>;
  if (list.state === "asking") {
    return (
      <Empty title="Nothing matched so far" action={<Button onClick={list.keepLooking}>Keep looking</Button>}>
        The newest part of the range holds no such event. Going on may take a while.
      </Empty>
    );
  }
  const filtered = !isUnfiltered(filters);
  const stored = pipeline.data?.partitions.some(partition => partition.high_water > 0) ?? true;
  if (!filtered && !stored) {
    return (
      <Empty title="Nothing collected yet" action={<SendTestEvent />}>
        <FirstEvent />
      </Empty>
    );
  }
  const next = wider(range);
  return (
    <Empty
      title={filtered ? "Nothing matched" : "No events in this range"}
      action={
        <>
          {filtered && <Button onClick={() => onChange(bareFilters)}>Clear the filters</Button>}
          {!("range" in range && range.range === next) && (
            <Button look="primary" onClick={() => onChange({ range: next, from: null, to: null })}>
              {RANGE_WORDS[next]}
            </Button>
          )}
        </>
      }
    >
      {filtered ? "No event of this range fits all the filters." : "Events exist, but none in this range."}
    </Empty>
  );
}

export function ListFooter({ list }: { list: List }) {
  switch (list.state) {
    case "looking":
      return <p className="text-dense text-muted">Looking further back…</p>;
    case "asking":
      return (
        <p className="flex items-center gap-3 text-dense text-muted">
          {plural(list.rows.length, "event")} so far; matches are rare further back.
          <Button small onClick={list.keepLooking}>
            Keep looking
          </Button>
        </p>
      );
    case "failed":
      return <Failed error={list.error} retry={list.retry} what="more events" />;
    case "complete":
      return (
        <p className="text-dense text-faint">The end of the range: {plural(list.rows.length, "event")}.</p>
      );
    default:
      return null;
  }
}
