// A KPI's course over the range: an area from zero; the unfinished last bucket is dashed, "no data" leaves a gap.
const WIDTH = 120;
const HEIGHT = 28;

interface SparkProps {
  points: readonly (number | null)[];
  /** The last bucket is still filling. */
  unfinished: boolean;
}

interface Point {
  x: number;
  y: number;
}

/** Runs of points without a gap. */
function runs(points: readonly (number | null)[]): Point[][] {
  const top = Math.max(1, ...points.map(p => p ?? 0));
  const step = WIDTH / Math.max(1, points.length - 1);
  const all: Point[][] = [[]];
  points.forEach((value, i) => {
    if (value === null) all.push([]);
    else all.at(-1)?.push({ x: i * step, y: HEIGHT - 1 - (value / top) * (HEIGHT - 3) });
  });
  return all.filter(run => run.length > 0);
}

const draw = (run: readonly Point[]) =>
  run.map((p, i) => `${i === 0 ? "M" : "L"}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("");

export function Spark({ points, unfinished }: SparkProps) {
  const all = runs(points);
  const ends = unfinished && points.at(-1) !== null;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="h-7 w-full text-accent"
    >
      {all.map((run, i) => {
        const last = i === all.length - 1 && ends;
        const firm = last && run.length > 1 ? run.slice(0, -1) : run;
        const first = run[0];
        const end = run.at(-1);
        if (!first || !end) return null;
        return (
          <g key={first.x}>
            <path
              d={`${draw(run)}L${end.x.toFixed(1)} ${HEIGHT}L${first.x.toFixed(1)} ${HEIGHT}Z`}
              fill="currentColor"
              opacity={0.12}
            />
            <path
              d={draw(firm)}
              fill="none"
              stroke="currentColor"
              strokeWidth={1.5}
              vectorEffect="non-scaling-stroke"
            />
            {last && run.length > 1 && (
              <path
                d={draw(run.slice(-2))}
                fill="none"
                stroke="currentColor"
                strokeWidth={1.5}
                strokeDasharray="2 2"
                vectorEffect="non-scaling-stroke"
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
