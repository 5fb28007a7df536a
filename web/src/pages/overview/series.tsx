// The course of events, findings or tokens over the range, by vendor.
import { Link } from "react-router";
import type { Overview } from "@/api/types";
import { TimeBars } from "@/components/charts/time-bars";
import { Segmented } from "@/components/ui/segmented";
import { paths } from "@/lib/paths";
import type { RangeQuery } from "@/lib/range";
import { fold, othersIn } from "@/lib/series";
import { useTheme } from "@/lib/theme";
import { usePick } from "@/lib/use-pick";
import { OTHER, vendorColour, vendorName } from "@/lib/vendors";

type Metric = "events" | "findings" | "tokens";

interface SeriesProps {
  overview: Overview;
  range: RangeQuery;
  metric: Metric;
  onMetric: (metric: Metric) => void;
}

export function Series({ overview, range, metric, onMetric }: SeriesProps) {
  const theme = useTheme();
  const pick = usePick(metric === "findings" ? { severity: ["-none"] } : {});
  const all = overview.series.metrics[metric];
  const lines = fold(all);
  const others = othersIn(all, lines);
  return (
    <TimeBars
      {...pick}
      title={<h2 className="text-body">By vendor</h2>}
      tools={
        <Segmented
          label="Show"
          value={metric}
          onChange={onMetric}
          options={[
            { value: "events", label: "Events" },
            { value: "findings", label: "Findings" },
            { value: "tokens", label: "Tokens" },
          ]}
        />
      }
      unit={metric}
      buckets={overview.series.buckets}
      bucketSeconds={overview.bucket_seconds}
      complete={overview.series.complete}
      lines={lines}
      name={key => (key === OTHER ? `Other (${others})` : vendorName(key))}
      colour={key => vendorColour(key, theme)}
      legend={(key, label) =>
        key === OTHER ? (
          label
        ) : (
          <Link to={paths.events({ vendor: [key] }, range)} className="hover:text-accent">
            {label}
          </Link>
        )
      }
    />
  );
}
