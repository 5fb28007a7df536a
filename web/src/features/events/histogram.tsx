// How the listed events spread over time, by what was decided.
import { useQuery } from "@tanstack/react-query";
import { histogramQuery } from "@/api/queries";
import { TimeBars } from "@/components/charts/time-bars";
import { Region } from "@/components/ui/states";
import { ACTIONS, type EventFilters } from "@/lib/event-query";
import type { RangeQuery } from "@/lib/range";
import { usePick } from "@/lib/use-pick";

const words: Record<string, string> = {
  allow: "allowed",
  flag: "flagged",
  redact: "redacted",
  pseudonymise: "pseudonymised",
  block: "blocked",
  route: "rerouted",
  justify: "justified",
};

const colours: Record<string, string> = {
  allow: "var(--edge)",
  flag: "var(--high)",
  redact: "var(--accent)",
  pseudonymise: "var(--low)",
  block: "var(--critical)",
  route: "var(--ok)",
  justify: "var(--medium)",
};

export function EventHistogram({ filters, range }: { filters: EventFilters; range: RangeQuery }) {
  const histogram = useQuery(histogramQuery(filters, range));
  const pick = usePick(filters);
  return (
    <Region query={histogram} what="the histogram" className="h-[164px]">
      {data => (
        <TimeBars
          {...pick}
          compact
          unit="events"
          height={120}
          buckets={data.buckets}
          bucketSeconds={data.bucket_seconds}
          complete={Date.parse(data.to) <= histogram.dataUpdatedAt}
          lines={ACTIONS.flatMap(action => data.series.filter(line => line.key === action))}
          name={key => words[key] ?? key}
          colour={key => colours[key] ?? "var(--edge)"}
        />
      )}
    </Region>
  );
}
