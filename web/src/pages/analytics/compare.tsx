// Small multiples: the same measure of up to four rows, side by side on one scale.
import type { Analytics, AnalyticsRow } from "@/api/types";
import { Multiple } from "@/components/charts/multiple";
import { VendorMark } from "@/components/ui/marks";
import { Panel } from "@/components/ui/page";
import { Segmented } from "@/components/ui/segmented";
import { useTheme } from "@/lib/theme";
import { OTHER, vendorColour } from "@/lib/vendors";
import { courseOf, rowKeyOf, rowName, TREND_SHOW, TREND_WORDS, TRENDS, type TrendName, topOf } from "./rows";

interface CompareProps {
  analytics: Analytics;
  chosen: readonly string[];
  trend: TrendName;
  onTrend: (trend: TrendName) => void;
}

export function Compare({ analytics, chosen, trend, onTrend }: CompareProps) {
  const theme = useTheme();
  const rows = chosen.flatMap(key => analytics.items.filter(row => rowKeyOf(row) === key));
  const top = topOf(rows.map(row => courseOf(row, trend)));
  return (
    <Panel
      title={TREND_WORDS[trend]}
      about="one scale for all"
      actions={
        <Segmented
          label="Measure"
          value={trend}
          onChange={onTrend}
          options={TRENDS.map(value => ({ value, label: TREND_WORDS[value] }))}
        />
      }
    >
      <ul className="grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
        {rows.map(row => (
          <li key={rowKeyOf(row)} className="min-w-0">
            <p className="mb-1 truncate">
              <RowName row={row} />
            </p>
            <Multiple
              label={`${TREND_WORDS[trend]} of ${rowName(row)}`}
              points={courseOf(row, trend)}
              buckets={analytics.buckets}
              bucketSeconds={analytics.bucket_seconds}
              top={top}
              show={TREND_SHOW[trend]}
              colour={vendorColour(row.vendor ?? OTHER, theme)}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function RowName({ row }: { row: AnalyticsRow }) {
  if (row.other || row.vendor === null) return <i className="text-muted">{rowName(row)}</i>;
  return row.model === null ? (
    <VendorMark id={row.vendor} />
  ) : (
    <VendorMark id={row.vendor} model={row.model} />
  );
}
