// The course by day, one measure at a time.
import type { ReactNode } from "react";
import type { Spend } from "@/api/types";
import { TimeBars } from "@/components/charts/time-bars";
import { Segmented } from "@/components/ui/segmented";
import {
  keyOf,
  linesOf,
  MEASURE_UNITS,
  MEASURE_WORDS,
  MEASURES,
  type Measure,
  nameOf,
  showMeasure,
} from "@/features/cost/figures";
import { useTheme } from "@/lib/theme";
import { usePick } from "@/lib/use-pick";
import { OTHER, seriesColour, vendorColour } from "@/lib/vendors";

interface CourseProps {
  spend: Spend;
  measure: Measure;
  onMeasure: (measure: Measure) => void;
  choice: ReactNode;
}

export function Course({ spend, measure, onMeasure, choice }: CourseProps) {
  const theme = useTheme();
  const pick = usePick();
  const { series, by } = spend;
  const known = new Map(series.lines.map(line => [keyOf(line), line]));
  const name = (key: string) => {
    const line = known.get(key);
    return line ? nameOf(line, by) : key;
  };
  const places = [...known.keys()];
  const colour = (key: string) => {
    if (known.get(key)?.other) return vendorColour(OTHER, theme);
    return by === "vendor" ? vendorColour(key, theme) : seriesColour(places.indexOf(key), theme);
  };
  return (
    <TimeBars
      {...pick}
      title={<h2 className="text-body">By day</h2>}
      tools={
        <>
          {choice}
          <Segmented
            label="Show"
            value={measure}
            onChange={onMeasure}
            options={MEASURES.map(value => ({ value, label: MEASURE_WORDS[value] }))}
          />
        </>
      }
      unit={MEASURE_UNITS[measure]}
      show={showMeasure(measure)}
      buckets={series.buckets}
      bucketSeconds={86_400}
      complete={series.complete}
      lines={linesOf(series.lines, measure)}
      name={name}
      colour={colour}
    />
  );
}
