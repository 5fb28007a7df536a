// What the cursor of a chart is on: the exact bucket and zone, series by value, total.
import { cx } from "@/lib/cx";
import { count, instant, zoneName } from "@/lib/format";
import type { Line } from "@/lib/series";
import { Swatch } from "./legend";
import { bucketEnd, type TimeBarsProps } from "./time-bars-props";

/** The end of a span: its clock alone where the day is that of the beginning. */
function ending(from: string, end: string, zone: string): string {
  const sameDay = instant(from, zone, "day") === instant(end, zone, "day");
  return sameDay ? instant(end, zone, "clock").slice(0, 5) : instant(end, zone, "minute");
}

export function Reading({
  buckets,
  bucketSeconds,
  complete,
  lines,
  name,
  colour,
  unit,
  show = count,
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
        {show(total)} {unit}
      </p>
      {rows.map(row => (
        <p key={row.key} className="flex items-center gap-2">
          <Swatch colour={colour(row.key)} />
          <span className="mr-auto pr-4">{name(row.key)}</span>
          {show(row.n)}
        </p>
      ))}
      <p className="mt-1 text-faint">
        {span ? "Release or Enter: zoom in" : "Click or Enter: show the rows"}
      </p>
    </div>
  );
}
