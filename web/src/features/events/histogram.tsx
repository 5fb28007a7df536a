// How the listed events spread over time, by what was decided.
import { useQuery } from "@tanstack/react-query";
import { histogramQuery } from "@/api/queries";
import { TimeBars } from "@/components/charts/time-bars";
import { Region } from "@/components/ui/states";
import type { EventFilters } from "@/lib/event-query";
import type { Theme } from "@/lib/preferences";
import type { RangeQuery } from "@/lib/range";
import { fold } from "@/lib/series";
import { useTheme } from "@/lib/theme";
import { usePick } from "@/lib/use-pick";
import { vendorColour, vendorName } from "@/lib/vendors";

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

const severityColours: Record<string, string> = {
  critical: "var(--critical)",
  high: "var(--high)",
  medium: "var(--medium)",
  low: "var(--low)",
  info: "var(--info)",
  none: "var(--edge)",
};

interface Look {
  name: (key: string) => string;
  colour: (key: string) => string;
}

/** How lines look depends on what they stand for: actions, or the one field that is filtered by. */
function lookOf(by: string, theme: Theme): Look {
  if (by === "action")
    return { name: key => words[key] ?? key, colour: key => colours[key] ?? "var(--edge)" };
  if (by === "severity") return { name: key => key, colour: key => severityColours[key] ?? "var(--edge)" };
  return { name: key => (by === "vendor" ? vendorName(key) : key), colour: key => vendorColour(key, theme) };
}

export function EventHistogram({ filters, range }: { filters: EventFilters; range: RangeQuery }) {
  const histogram = useQuery(histogramQuery(filters, range));
  const pick = usePick(filters);
  const theme = useTheme();
  return (
    <Region framed query={histogram} what="the histogram" className="h-[164px]">
      {data => (
        <TimeBars
          {...pick}
          {...lookOf(data.by, theme)}
          compact
          unit="events"
          height={120}
          buckets={data.buckets}
          bucketSeconds={data.bucket_seconds}
          complete={Date.parse(data.to) <= histogram.dataUpdatedAt}
          knownFrom={data.exact ? null : data.covered_from}
          lines={fold(data.series)}
        />
      )}
    </Region>
  );
}
