// The legend of a chart: each series by colour, name and sum.
import { count } from "@/lib/format";
import type { TimeBarsProps } from "./time-bars-props";

/** A series' colour. */
export function Swatch({ colour }: { colour: string }) {
  return (
    <svg viewBox="0 0 8 8" aria-hidden="true" className="size-2">
      <rect width="8" height="8" rx="2" fill={colour} />
    </svg>
  );
}

export function Legend({ lines, name, colour, legend, show = count }: TimeBarsProps) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-dense">
      {lines.map(line => {
        const label = (
          <span className="inline-flex items-center gap-1.5">
            <Swatch colour={colour(line.key)} />
            {name(line.key)}
            <span className="text-faint">{show(line.points.reduce((sum, n) => sum + n, 0))}</span>
          </span>
        );
        return <li key={line.key}>{legend ? legend(line.key, label) : label}</li>;
      })}
    </ul>
  );
}
