// Is AegisFlow well? Its checks, the pipeline from intake to consumers, and what is running.
import { useQuery } from "@tanstack/react-query";
import { pipelineQuery, readyQuery, versionsQuery } from "@/api/queries";
import type { Ready } from "@/api/types";
import { type Column, DataTable } from "@/components/ui/data-table";
import { HealthMark } from "@/components/ui/marks";
import { Page, Panel } from "@/components/ui/page";
import { Region } from "@/components/ui/states";
import { instant } from "@/lib/format";
import { useZone } from "@/lib/preferences";
import { Pipeline } from "./pipeline";
import { Running } from "./running";
import { checkName } from "./words";

type Check = Ready["checks"][number];

const checkColumns: readonly Column<Check>[] = [
  {
    id: "name",
    header: "Check",
    min: 200,
    grow: 1,
    card: "lead",
    cell: check => <span title={check.name}>{checkName(check.name)}</span>,
  },
  { id: "ok", header: "State", min: 96, card: "lead", cell: check => <HealthMark ok={check.ok} /> },
  {
    id: "detail",
    header: "Detail",
    min: 240,
    grow: 4,
    cell: check => <span className="text-muted">{check.detail ?? "–"}</span>,
  },
];

function words(ready: Ready | undefined, failed: boolean): string {
  if (failed) return "The server does not answer.";
  if (!ready) return "Asking the server…";
  const failing = ready.checks.filter(check => !check.ok).map(check => checkName(check.name));
  return failing.length === 0 ? "Ready: every check passes." : `Not ready: ${failing.join(", ")}.`;
}

export default function SystemPage() {
  const ready = useQuery(readyQuery);
  const pipeline = useQuery(pipelineQuery);
  const versions = useQuery(versionsQuery);
  const zone = useZone();
  return (
    <Page
      title="System"
      about={words(ready.data, ready.isError)}
      actions={
        pipeline.data && (
          <span className="text-dense text-faint">as of {instant(pipeline.data.as_of, zone, "clock")}</span>
        )
      }
    >
      <Panel title="Readiness" flush>
        <Region query={ready} what="the checks" className="m-4 h-32">
          {data => (
            <DataTable
              label="Readiness checks"
              columns={checkColumns}
              rows={data.checks}
              rowKey={check => check.name}
              empty={<p className="p-4 text-muted">The server names no check.</p>}
            />
          )}
        </Region>
      </Panel>
      {/* How tall a part becomes is known when it has come: what stands below waits for it and then stays in place. */}
      {!ready.isPending && (
        <Region framed query={pipeline} what="the pipeline" className="h-64">
          {data => <Pipeline status={data} />}
        </Region>
      )}
      {!ready.isPending && !pipeline.isPending && (
        <Panel title="What is running">
          <Region query={versions} what="the versions" className="h-32">
            {data => <Running versions={data} />}
          </Region>
        </Panel>
      )}
    </Page>
  );
}
