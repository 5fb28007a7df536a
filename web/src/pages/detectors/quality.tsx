// How good a detector is on the evaluation set the server ships, and what the threshold at hand costs there.
import type { Detector } from "@/api/types";
import { count, percent, plural } from "@/lib/format";

type Quality = NonNullable<Detector["quality"]>;
type Trade = Quality["curve"][number];

/** The row of the curve that holds at a threshold: the highest one not above it. */
export function tradeAt(curve: readonly Trade[], threshold: number): Trade | undefined {
  return curve.findLast(trade => trade.threshold <= threshold + 1e-6) ?? curve[0];
}

const WIDTH = 320;
const HEIGHT = 72;
const LEAST = 0.2;

const x = (threshold: number) => ((threshold - LEAST) / (1 - LEAST)) * WIDTH;

/** Steps: a figure holds from its threshold to the next. */
function steps(curve: readonly Trade[], of: (trade: Trade) => number, most: number): string {
  const y = (value: number) => HEIGHT - 2 - (value / most) * (HEIGHT - 4);
  return curve
    .map((trade, i) => {
      const end = x(curve[i + 1]?.threshold ?? 1);
      const level = y(of(trade)).toFixed(1);
      return `${i === 0 ? "M" : "L"}${x(trade.threshold).toFixed(1)} ${level} L${end.toFixed(1)} ${level}`;
    })
    .join(" ");
}

interface CostProps {
  quality: Quality;
  /** Where the slider stands, 0.2 to 1. */
  threshold: number;
}

/** Misses and false alarms at the threshold at hand, and how they change with it. */
export function Cost({ quality, threshold }: CostProps) {
  const here = tradeAt(quality.curve, threshold);
  if (!here) return null;
  const most = Math.max(1, ...quality.curve.flatMap(t => [t.missed, t.false_alarms]));
  return (
    <figure className="flex max-w-80 flex-col gap-1">
      <figcaption className="text-dense">
        <span role="status">
          Finds {count(here.found)} of {plural(quality.values, "value")},{" "}
          <span className="text-high">misses {count(here.missed)}</span>,{" "}
          <span className="text-accent">{plural(here.false_alarms, "false alarm")}</span>
        </span>
        <span className="block text-faint">
          on the {plural(quality.texts, "labelled text")} this version ships, look-alikes among them.
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="w-full"
        role="img"
        aria-label={`Misses and false alarms by threshold, at most ${count(most)}`}
      >
        <path d={`M0 ${HEIGHT - 1} H${WIDTH}`} className="stroke-hairline" />
        <path d={`M${x(threshold).toFixed(1)} 0 V${HEIGHT}`} className="stroke-faint" strokeDasharray="3 3" />
        <path
          d={steps(quality.curve, t => t.missed, most)}
          fill="none"
          strokeWidth="2"
          className="stroke-high"
        />
        <path
          d={steps(quality.curve, t => t.false_alarms, most)}
          fill="none"
          strokeWidth="2"
          className="stroke-accent"
        />
      </svg>
      <p aria-hidden className="flex justify-between text-dense text-faint">
        <span>20 %</span>
        <span>by confidence, up to {count(most)}</span>
        <span>100 %</span>
      </p>
    </figure>
  );
}

/** Precision and recall in two words, for a row. */
export function QualityMark({ quality }: { quality: Detector["quality"] }) {
  if (!quality) return <span className="text-faint">not measured</span>;
  return (
    <span>
      {percent(quality.precision)} <span className="text-faint">/</span> {percent(quality.recall)}
    </span>
  );
}
