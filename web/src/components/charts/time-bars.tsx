// Stacked bars over time: one bucket per bar, series by colour, the unfinished last bucket hatched. A bar opens its
// rows; dragging or Shift+arrows narrows the range. Comes with a table view, CSV and a sentence for screen readers.
import { Download, Table2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { cx } from "@/lib/cx";
import { download } from "@/lib/download";
import { zoneName } from "@/lib/format";
import { useZone } from "@/lib/preferences";
import { bucketWords, csv, sentence } from "@/lib/series";
import { Bars } from "./bars";
import { Legend } from "./legend";
import { SeriesTable } from "./series-table";
import type { TimeBarsProps } from "./time-bars-props";

export function TimeBars(props: TimeBarsProps) {
  const { title, unit, buckets, bucketSeconds, lines, name, tools, compact = false } = props;
  const [asTable, setAsTable] = useState(false);
  const zone = useZone();
  const said = sentence(unit, lines, name, props.show);
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
