// The pipeline in tables: intake, what came from where, partitions of the log, and who reads it how far.
import { Link } from "react-router";
import type { PipelineStatus } from "@/api/types";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/page";
import { Ago } from "@/components/ui/time";
import { cx } from "@/lib/cx";
import { count, percent, rate, span } from "@/lib/format";
import { paths } from "@/lib/paths";
import { consumerName, sourceName } from "./words";

type Consumer = PipelineStatus["consumers"][number];
type SourceRow = PipelineStatus["sources"][number];

/** Behind by more than this, a consumer is worth a colour. */
const LATE_SECONDS = 5;

const consumerColumns: readonly Column<Consumer>[] = [
  {
    id: "name",
    header: "Reader",
    min: 150,
    grow: 2,
    card: "lead",
    cell: row => <span title={row.name}>{consumerName(row.name)}</span>,
  },
  { id: "partition", header: "Partition", min: 80, align: "end", card: "none", cell: row => row.partition },
  {
    id: "position",
    header: "Read up to",
    named: true,
    min: 110,
    grow: 1,
    align: "end",
    cell: row => count(row.position),
  },
  {
    id: "lag",
    header: "Events behind",
    named: true,
    min: 110,
    grow: 1,
    align: "end",
    cell: row => count(row.lag),
  },
  {
    id: "seconds",
    header: "Time behind",
    named: true,
    min: 110,
    grow: 1,
    align: "end",
    cell: row => (
      <span className={cx(row.lag_seconds > LATE_SECONDS && "text-high")}>
        {row.lag_seconds > LATE_SECONDS ? `late: ${span(row.lag_seconds)}` : span(row.lag_seconds)}
      </span>
    ),
  },
];

const sourceColumns: readonly Column<SourceRow>[] = [
  {
    id: "source",
    header: "Source",
    min: 120,
    grow: 2,
    card: "lead",
    cell: row => (
      <Link to={paths.events({ source: [row.source] })} className="hover:text-accent hover:underline">
        {sourceName(row.source)}
      </Link>
    ),
  },
  {
    id: "stored",
    header: "Stored",
    named: true,
    min: 110,
    grow: 1,
    align: "end",
    cell: row => count(row.stored),
  },
  {
    id: "last",
    header: "Last event",
    named: true,
    min: 130,
    grow: 1,
    align: "end",
    cell: row =>
      row.last_at ? <Ago at={row.last_at} /> : <span className="text-faint">none since the start</span>,
  },
];

function Figure({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div className="bg-panel px-4 py-3">
      <dt className="text-dense text-muted">{name}</dt>
      <dd className="font-head text-title font-semibold">{value}</dd>
      {note && <dd className="text-dense text-faint">{note}</dd>}
    </div>
  );
}

export function Pipeline({ status }: { status: PipelineStatus }) {
  const { queue, rates, totals } = status;
  return (
    <>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-panel border border-hairline bg-hairline sm:grid-cols-3 lg:grid-cols-6">
        <Figure
          name="Received"
          value={rate(rates.received_per_s)}
          note={`${count(totals.received)} since the start`}
        />
        <Figure
          name="Stored"
          value={rate(rates.stored_per_s)}
          note={`${count(totals.stored)} since the start`}
        />
        <Figure
          name="Rejected"
          value={rate(rates.rejected_per_s)}
          note={`${count(totals.rejected)} since the start`}
        />
        <Figure name="Repeats" value={count(totals.duplicates)} note="known already, kept once" />
        <Figure name="Turned away" value={count(totals.refused)} note="told to come back later" />
        <Figure
          name="Queue"
          value={count(queue.depth)}
          note={`${percent(queue.depth / Math.max(1, queue.capacity))} of ${count(queue.capacity)}`}
        />
      </dl>
      <div className="grid gap-4 lg:grid-cols-2">
        <Panel title="Readers of the log" about="each at its own pace; behind means its page is late" flush>
          <DataTable
            label="Consumers"
            columns={consumerColumns}
            rows={status.consumers}
            rowKey={row => `${row.name} ${row.partition}`}
            empty={<p className="p-4 text-muted">None reads the log.</p>}
          />
        </Panel>
        <Panel title="Sources" about="Since the start of the server" flush>
          <DataTable
            label="Sources"
            columns={sourceColumns}
            rows={status.sources}
            rowKey={row => row.source}
            empty={<p className="p-4 text-muted">None.</p>}
          />
        </Panel>
      </div>
      <Panel title="Event log" about="every event has a number: the last one given" flush>
        <DataTable
          label="Partitions"
          columns={[
            { id: "id", header: "Partition", min: 100, grow: 1, card: "lead", cell: row => row.id },
            {
              id: "high",
              header: "Last number",
              named: true,
              min: 140,
              grow: 1,
              align: "end",
              cell: row => count(row.high_water),
            },
          ]}
          rows={status.partitions}
          rowKey={row => String(row.id)}
          empty={<p className="p-4 text-muted">Nothing was ever stored.</p>}
        />
      </Panel>
    </>
  );
}
