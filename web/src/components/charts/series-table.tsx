// A chart as a table.
import { count, instant, zoneName } from "@/lib/format";
import type { TimeBarsProps } from "./time-bars-props";

export function SeriesTable({
  buckets,
  lines,
  name,
  zone,
  unit,
  show = count,
}: TimeBarsProps & { zone: string }) {
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
                  {show(line.points[i] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
