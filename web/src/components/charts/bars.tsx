// The plot of a chart: stacked bars, axes, the hatched unfinished bucket, and the cursor over it.
import { useId, useMemo } from "react";
import { Bar, BarChart, type BarShapeProps, CartesianGrid, ReferenceArea, XAxis, YAxis } from "recharts";
import { instant, short } from "@/lib/format";
import { useWidth } from "@/lib/use-width";
import { Legend } from "./legend";
import { Reading } from "./reading";
import { bucketEnd, type TimeBarsProps } from "./time-bars-props";
import { useChartCursor } from "./use-chart-cursor";

const AXIS = 52;
const BELOW = 22;
/** Two days are two bars, not two walls. */
const WIDEST = 96;

export function Bars(props: TimeBarsProps & { zone: string; said: string }) {
  const {
    buckets,
    bucketSeconds,
    complete,
    lines,
    colour,
    onOpen,
    onSelect,
    zone,
    height = 200,
    compact = false,
    said,
    knownFrom = null,
    show,
  } = props;
  const [box, width] = useWidth();
  const hatch = useId();
  const cursor = useChartCursor({
    count: buckets.length,
    onOpen: i => at(buckets, i, from => onOpen(from, bucketEnd(from, bucketSeconds))),
    onSelect: (first, last) =>
      at(buckets, first, from => at(buckets, last, to => onSelect(from, bucketEnd(to, bucketSeconds)))),
  });
  const data = useMemo(
    () =>
      buckets.map((_, i) => ({
        i,
        ...Object.fromEntries(lines.map(line => [line.key, line.points[i] ?? 0])),
      })),
    [buckets, lines],
  );
  const shape =
    bucketSeconds >= 86_400 ? "day" : bucketSeconds * buckets.length > 86_400 ? "minute" : "clock";
  const tick = (i: number) => {
    const from = buckets[i];
    if (from === undefined) return "";
    return shape === "clock" ? instant(from, zone, "clock").slice(0, 5) : instant(from, zone, shape);
  };
  const last = buckets.length - 1;
  const unknown = knownFrom === null ? 0 : buckets.filter(from => from < knownFrom).length;
  const selected =
    cursor.span ?? (cursor.at === null ? null : ([cursor.at, cursor.at] satisfies [number, number]));
  return (
    <>
      <div
        ref={box}
        role="application"
        aria-roledescription="bar chart"
        aria-label={`${said} Arrow keys read buckets, Shift and arrows select, Enter opens.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the chart is read by arrow keys
        tabIndex={0}
        onKeyDown={cursor.onKeyDown}
        onBlur={cursor.onBlur}
        className="relative select-none"
        style={{ height }}
      >
        {width > 0 && (
          <BarChart
            width={width}
            height={height}
            data={data}
            accessibilityLayer={false}
            margin={{ top: 12, right: 16, bottom: 0, left: 0 }}
            barCategoryGap={buckets.length > 60 ? 1 : 2}
          >
            <defs>
              <pattern
                id={`${hatch}-unknown`}
                width="6"
                height="6"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <rect width="1" height="6" fill="var(--edge)" />
              </pattern>
              {lines.map((line, i) => (
                <pattern
                  key={line.key}
                  id={`${hatch}-${i}`}
                  width="5"
                  height="5"
                  patternUnits="userSpaceOnUse"
                  patternTransform="rotate(45)"
                >
                  <rect width="5" height="5" fill={colour(line.key)} opacity="0.25" />
                  <rect width="2" height="5" fill={colour(line.key)} />
                </pattern>
              ))}
            </defs>
            <CartesianGrid vertical={false} stroke="var(--hairline)" />
            <XAxis
              dataKey="i"
              height={BELOW}
              tickFormatter={tick}
              interval="preserveStartEnd"
              minTickGap={32}
              tickLine={false}
              axisLine={{ stroke: "var(--edge)" }}
              tick={{ fill: "var(--faint)", fontSize: 11 }}
            />
            <YAxis
              width={AXIS}
              allowDecimals={show !== undefined}
              tickFormatter={show ? n => brief(show(n)) : short}
              tickLine={false}
              axisLine={false}
              tick={{ fill: "var(--faint)", fontSize: 11 }}
            />
            {unknown > 0 && (
              <ReferenceArea x1={0} x2={unknown - 1} fill={`url(#${hatch}-unknown)`} stroke="none" />
            )}
            {selected && (
              <ReferenceArea
                x1={selected[0]}
                x2={selected[1]}
                fill="var(--accent)"
                fillOpacity={0.14}
                stroke="none"
              />
            )}
            {lines.map((line, i) => (
              <Bar
                key={line.key}
                dataKey={line.key}
                stackId="all"
                isAnimationActive={false}
                maxBarSize={WIDEST}
                fill={colour(line.key)}
                shape={(bar: BarShapeProps) => (
                  <Segment
                    bar={bar}
                    fill={!complete && bar.index === last ? `url(#${hatch}-${i})` : colour(line.key)}
                  />
                )}
              />
            ))}
          </BarChart>
        )}
        <div
          aria-hidden
          className="absolute cursor-crosshair touch-pan-y"
          style={{ left: AXIS, right: 16, top: 12, bottom: BELOW }}
          {...cursor.pointer}
        />
        {cursor.at !== null && <Reading {...props} index={cursor.at} span={cursor.span} last={last} />}
      </div>
      {!compact && (
        <div className="px-4 pt-1 pb-3">
          <Legend {...props} />
        </div>
      )}
    </>
  );
}

/** What fits beside an axis: without cents that are none, and without the sign of an estimate, which the unit has. */
function brief(value: string): string {
  return value.replace(/^≈ /, "").replace(/\.00$/, "");
}

function at(buckets: readonly string[], index: number, act: (from: string) => void) {
  const from = buckets[index];
  if (from !== undefined) act(from);
}

/** A piece of a stacked bar; nothing for zero, so that no hairline is drawn for it. */
function Segment({ bar, fill }: { bar: BarShapeProps; fill: string }) {
  const { x, y, width, height } = bar;
  if (!(height > 0) || !(width > 0)) return null;
  return (
    <rect x={x} y={y} width={width} height={Math.max(1, height - (height > 3 ? 0.75 : 0))} fill={fill} />
  );
}
