// Stacked bars over time: one bucket per bar, series by colour, the unfinished last bucket hatched. A bar opens its
// rows; dragging or Shift+arrows narrows the range. Comes with a table view, CSV and a sentence for screen readers.
import { Download, Table2 } from "lucide-react";
import { type ReactNode, useId, useMemo, useState } from "react";
import { Bar, BarChart, type BarShapeProps, CartesianGrid, ReferenceArea, XAxis, YAxis } from "recharts";
import { IconButton } from "@/components/ui/button";
import { cx } from "@/lib/cx";
import { download } from "@/lib/download";
import { count, instant, short, zoneName } from "@/lib/format";
import { useZone } from "@/lib/preferences";
import { bucketWords, csv, type Line, sentence } from "@/lib/series";
import { useWidth } from "@/lib/use-width";
import { useChartCursor } from "./use-chart-cursor";

export interface TimeBarsProps {
  title?: ReactNode;
  /** What is counted: `events`. */
  unit: string;
  buckets: readonly string[];
  bucketSeconds: number;
  /** The end of the range: buckets that reach beyond now are unfinished. */
  complete: boolean;
  lines: readonly Line[];
  name: (key: string) => string;
  colour: (key: string) => string;
  /** Opens the rows of one bucket. */
  onOpen: (from: string, to: string) => void;
  /** Narrows the range to a span. */
  onSelect: (from: string, to: string) => void;
  height?: number;
  tools?: ReactNode;
  /** Makes a legend entry a link. */
  legend?: (key: string, label: ReactNode) => ReactNode;
  /** Buckets that begin before this instant were not counted: hatched, which is not zero. */
  knownFrom?: string | null;
  /** The legend stands in the title's place. */
  compact?: boolean;
}

const AXIS = 44;
const BELOW = 22;

export function TimeBars(props: TimeBarsProps) {
  const { title, unit, buckets, bucketSeconds, lines, name, tools, compact = false } = props;
  const [asTable, setAsTable] = useState(false);
  const zone = useZone();
  const said = sentence(unit, lines, name);
  const save = () => {
    const head = ["bucket", ...lines.map(line => name(line.key))];
    const rows = buckets.map((at, i) => [at, ...lines.map(line => line.points[i] ?? 0)]);
    download(`${unit}.csv`, "text/csv", csv([head, ...rows]));
  };
  return (
    <section
      className="min-w-0 rounded-panel border border-hairline bg-panel"
      aria-label={`${unit} over time`}
    >
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline px-4 py-1.5">
        {compact ? <Legend {...props} /> : title}
        <span className="text-dense text-faint">
          {unit} per {bucketWords(bucketSeconds)}, {zoneName(zone, Date.now())}
        </span>
        <div className="ml-auto flex flex-wrap items-center gap-1">
          {tools}
          <IconButton
            name={asTable ? "View as chart" : "View as table"}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
            className={cx(asTable && "bg-raised text-accent")}
          >
            <Table2 />
          </IconButton>
          <IconButton name="Download as CSV" onClick={save}>
            <Download />
          </IconButton>
        </div>
      </header>
      <p className="sr-only">{said}</p>
      {asTable ? <SeriesTable {...props} zone={zone} /> : <Bars {...props} zone={zone} said={said} />}
    </section>
  );
}

function bucketEnd(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString();
}

function Bars(props: TimeBarsProps & { zone: string; said: string }) {
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
              {lines.map(line => (
                <pattern
                  key={line.key}
                  id={`${hatch}-${line.key}`}
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
              allowDecimals={false}
              tickFormatter={short}
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
            {lines.map(line => (
              <Bar
                key={line.key}
                dataKey={line.key}
                stackId="all"
                isAnimationActive={false}
                fill={colour(line.key)}
                shape={(bar: BarShapeProps) => (
                  <Segment
                    bar={bar}
                    fill={!complete && bar.index === last ? `url(#${hatch}-${line.key})` : colour(line.key)}
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

/** The end of a span: its clock alone where the day is that of the beginning. */
function ending(from: string, end: string, zone: string): string {
  const sameDay = instant(from, zone, "day") === instant(end, zone, "day");
  return sameDay ? instant(end, zone, "clock").slice(0, 5) : instant(end, zone, "minute");
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

/** What the cursor is on: the exact bucket and zone, series by value, total. */
function Reading({
  buckets,
  bucketSeconds,
  complete,
  lines,
  name,
  colour,
  unit,
  zone,
  index,
  span,
  last,
}: TimeBarsProps & { zone: string; index: number; span: readonly [number, number] | null; last: number }) {
  const [first, final] = span ?? [index, index];
  const from = buckets[first];
  const to = buckets[final];
  if (from === undefined || to === undefined) return null;
  const sum = (line: Line) => line.points.slice(first, final + 1).reduce((all, n) => all + n, 0);
  const rows = lines
    .map(line => ({ key: line.key, n: sum(line) }))
    .filter(row => row.n > 0)
    .sort((a, b) => b.n - a.n);
  const total = rows.reduce((all, row) => all + row.n, 0);
  const right = index > buckets.length / 2;
  return (
    <div
      role="status"
      className={cx(
        "pointer-events-none absolute top-2 z-10 min-w-44 rounded-control border border-edge bg-raised px-3 py-2 text-dense",
        right ? "left-14" : "right-6",
      )}
    >
      <p className="text-muted">
        {instant(from, zone, "minute")} – {ending(from, bucketEnd(to, bucketSeconds), zone)}{" "}
        {zoneName(zone, Date.parse(from))}
        {!complete && final === last ? " · unfinished" : ""}
      </p>
      <p className="font-semibold">
        {count(total)} {unit}
      </p>
      {rows.map(row => (
        <p key={row.key} className="flex items-center gap-2">
          <svg viewBox="0 0 8 8" aria-hidden="true" className="size-2">
            <rect width="8" height="8" rx="2" fill={colour(row.key)} />
          </svg>
          <span className="mr-auto pr-4">{name(row.key)}</span>
          {count(row.n)}
        </p>
      ))}
      <p className="mt-1 text-faint">
        {span ? "Release or Enter: zoom in" : "Click or Enter: show the rows"}
      </p>
    </div>
  );
}

function Legend({ lines, name, colour, legend }: TimeBarsProps) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-dense">
      {lines.map(line => {
        const label = (
          <span className="inline-flex items-center gap-1.5">
            <svg viewBox="0 0 8 8" aria-hidden="true" className="size-2">
              <rect width="8" height="8" rx="2" fill={colour(line.key)} />
            </svg>
            {name(line.key)}
            <span className="text-faint">{count(line.points.reduce((sum, n) => sum + n, 0))}</span>
          </span>
        );
        return <li key={line.key}>{legend ? legend(line.key, label) : label}</li>;
      })}
    </ul>
  );
}

function SeriesTable({ buckets, lines, name, zone, unit }: TimeBarsProps & { zone: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <div className="max-h-64 overflow-auto" role="region" aria-label={`${unit} as a table`} tabIndex={0}>
      <table className="w-full text-dense">
        <thead className="sticky top-0 bg-panel">
          <tr className="border-b border-hairline text-faint">
            <th scope="col" className="px-4 py-1.5 text-left">
              From ({zoneName(zone, Date.now())})
            </th>
            {lines.map(line => (
              <th key={line.key} scope="col" className="px-4 py-1.5 text-right">
                {name(line.key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.map((from, i) => (
            <tr key={from} className="border-b border-hairline">
              <th scope="row" className="px-4 py-1 text-left font-normal text-muted">
                {instant(from, zone, "minute")}
              </th>
              {lines.map(line => (
                <td key={line.key} className="px-4 py-1 text-right">
                  {count(line.points[i] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
