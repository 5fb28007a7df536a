// Runs as rows: when, what, how it ended, what it brought.
import type { Run } from "@/api/types";
import type { Column } from "@/components/ui/data-table";
import { VendorMark } from "@/components/ui/marks";
import { Progress } from "@/components/ui/progress";
import { Ago } from "@/components/ui/time";
import { count, span } from "@/lib/format";
import { RunMark, TRIGGER_WORDS } from "./marks";
import { runWords, shareOf, sumsOf } from "./runs";

function Took({ run }: { run: Run }) {
  if (run.ended_at === null) return <Progress share={shareOf(run)} name={`Progress of ${run.key.label}`} />;
  return span((Date.parse(run.ended_at) - Date.parse(run.started_at)) / 1000);
}

const columns: readonly Column<Run>[] = [
  { id: "at", header: "Begun", min: 110, card: "lead", cell: run => <Ago at={run.started_at} /> },
  {
    id: "key",
    header: "Credential",
    min: 180,
    grow: 2,
    card: "lead",
    cell: run => (
      <span className="inline-flex min-w-0 max-w-full items-center gap-2 align-bottom">
        <span className="shrink-0">
          <VendorMark id={run.key.vendor} />
        </span>
        <span className="truncate text-muted">{run.key.label}</span>
      </span>
    ),
  },
  { id: "state", header: "State", min: 110, cell: run => <RunMark state={run.state} /> },
  { id: "trigger", header: "Begun by", min: 104, card: "none", cell: run => TRIGGER_WORDS[run.trigger] },
  {
    id: "took",
    header: "Took",
    min: 110,
    card: "none",
    cell: run => <Took run={run} />,
  },
  {
    id: "pages",
    header: "Pages",
    named: true,
    min: 64,
    align: "end",
    card: "none",
    cell: run => count(sumsOf(run).pages),
  },
  {
    id: "words",
    header: "What it brought",
    min: 220,
    grow: 4,
    cell: run => <span className="text-muted">{runWords(run)}</span>,
  },
];

export function runColumns({ key = true } = {}): readonly Column<Run>[] {
  return key ? columns : columns.filter(column => column.id !== "key");
}
