// One of several small charts on a shared scale: a line from zero, gaps where nothing was measured, and what the cursor
// is on in words. Read by arrow keys, too.
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { instant, zoneName } from "@/lib/format";
import { useZone } from "@/lib/preferences";
import { bucketWords } from "@/lib/series";

const WIDTH = 240;
const HEIGHT = 72;

interface MultipleProps {
  label: string;
  points: readonly (number | null)[];
  buckets: readonly string[];
  bucketSeconds: number;
  /** The top of the shared scale. */
  top: number;
  show: (n: number) => string;
  colour: string;
}

export function Multiple({ label, points, buckets, bucketSeconds, top, show, colour }: MultipleProps) {
  const zone = useZone();
  const [at, setAt] = useState<number | null>(null);
  const known = points.filter(n => n !== null);
  const last = points.length - 1;
  const x = (i: number) => (last <= 0 ? WIDTH / 2 : (i / last) * WIDTH);
  const y = (n: number) => HEIGHT - (n / Math.max(top, 1e-9)) * (HEIGHT - 4);
  const said =
    known.length === 0
      ? "nothing was measured"
      : `from ${show(Math.min(...known))} to ${show(Math.max(...known))}, scale to ${show(top)}`;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setAt(Math.min(last, Math.max(0, (at ?? (step > 0 ? -1 : last + 1)) + step)));
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(1, box.width);
    setAt(Math.min(last, Math.max(0, Math.round(share * last))));
  };
  const value = at === null ? null : (points[at] ?? null);
  const bucket = at === null ? undefined : buckets[at];
  return (
    <div>
      <div
        role="application"
        aria-roledescription="line chart"
        aria-label={`${label}: ${said}. Arrow keys read buckets.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the chart is read by arrow keys
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => setAt(null)}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setAt(null)}
        className="relative border-b border-edge"
      >
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className="h-20 w-full"
        >
          <line x1={0} x2={WIDTH} y1={4} y2={4} stroke="var(--hairline)" vectorEffect="non-scaling-stroke" />
          {segments(points).map(run => (
            <g key={run[0]?.i}>
              <path
                d={`${draw(run, x, y)}L${x(run.at(-1)?.i ?? 0)} ${HEIGHT}L${x(run[0]?.i ?? 0)} ${HEIGHT}Z`}
                fill={colour}
                opacity={0.14}
              />
              <path
                d={run.length === 1 ? dot(run, x, y) : draw(run, x, y)}
                fill="none"
                stroke={colour}
                strokeWidth={run.length === 1 ? 4 : 1.6}
                strokeLinecap="round"
                vectorEffect="non-scaling-stroke"
              />
            </g>
          ))}
          {at !== null && (
            <line
              x1={x(at)}
              x2={x(at)}
              y1={0}
              y2={HEIGHT}
              stroke="var(--edge)"
              vectorEffect="non-scaling-stroke"
            />
          )}
        </svg>
      </div>
      <p role="status" className="mt-1 truncate text-dense text-faint">
        {bucket === undefined ? (
          known.length === 0 ? (
            "nothing was measured"
          ) : (
            `scale 0 to ${show(top)}, by ${bucketWords(bucketSeconds)}`
          )
        ) : (
          <>
            <span className="text-text">{value === null ? "no data" : show(value)}</span> ·{" "}
            {instant(bucket, zone, "minute")} {zoneName(zone, Date.parse(bucket))}
          </>
        )}
      </p>
    </div>
  );
}

interface Point {
  i: number;
  n: number;
}

/** Runs of points without a gap. */
function segments(points: readonly (number | null)[]): Point[][] {
  const all: Point[][] = [[]];
  points.forEach((n, i) => {
    if (n === null) all.push([]);
    else all.at(-1)?.push({ i, n });
  });
  return all.filter(run => run.length > 0);
}

type Scale = (n: number) => number;

function draw(run: readonly Point[], x: Scale, y: Scale): string {
  return run.map((p, k) => `${k === 0 ? "M" : "L"}${x(p.i).toFixed(1)} ${y(p.n).toFixed(1)}`).join("");
}

/** A point alone is a dot: a line of no length with round ends. */
function dot(run: readonly Point[], x: Scale, y: Scale): string {
  return `${draw(run, x, y)}h0`;
}
