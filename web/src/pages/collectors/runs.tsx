// The runs, the latest first.
import { useSearchParams } from "react-router";
import type { RunList, RunState } from "@/api/types";
import type { List } from "@/api/use-list";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { Empty, Failed, Loading } from "@/components/ui/states";
import { runColumns } from "@/features/collector/run-columns";
import { VENDOR_IDS, vendorName } from "@/lib/vendors";

export const RUN_STATES = [
  "running",
  "whole",
  "partly",
  "failed",
  "cancelled",
  "interrupted",
] as const satisfies RunState[];

type State = "all" | (typeof RUN_STATES)[number];

const STATE_WORDS: Readonly<Record<State, string>> = {
  all: "All states",
  running: "Running",
  whole: "Whole",
  partly: "In part",
  failed: "Failed",
  cancelled: "Cancelled",
  interrupted: "Interrupted",
};

interface RunsProps {
  list: List<RunList>;
  vendor: string | null;
  state: State;
  openId: string | null;
  onFilter: (patch: { vendor?: string | null; state?: State }) => void;
}

export function Runs({ list, vendor, state, openId, onFilter }: RunsProps) {
  const [search] = useSearchParams();
  const filtered = vendor !== null || state !== "all";
  const href = (id: string) => {
    const next = new URLSearchParams(search);
    next.set("run", id);
    return `?${next}`;
  };
  return (
    <Panel
      title="Runs"
      flush
      actions={
        <>
          <Select
            aria-label="Vendor"
            value={vendor ?? ""}
            onChange={event => onFilter({ vendor: event.target.value || null })}
            className="!h-7 !text-dense"
          >
            <option value="">All vendors</option>
            {VENDOR_IDS.map(id => (
              <option key={id} value={id}>
                {vendorName(id)}
              </option>
            ))}
          </Select>
          <Select
            aria-label="State"
            value={state}
            onChange={event => onFilter({ state: stateOf(event.target.value) })}
            className="!h-7 !text-dense"
          >
            {(["all", ...RUN_STATES] as const).map(one => (
              <option key={one} value={one}>
                {STATE_WORDS[one]}
              </option>
            ))}
          </Select>
        </>
      }
    >
      {list.state === "loading" ? (
        <Loading what="the runs" className="m-4 h-40" />
      ) : (
        <>
          {list.state === "failed" && <Failed error={list.error} retry={list.retry} what="the runs" />}
          <DataTable
            label="Runs"
            columns={runColumns()}
            rows={list.rows}
            rowKey={run => run.id}
            href={run => href(run.id)}
            openKey={openId}
            onEnd={list.more}
            empty={
              list.state === "failed" ? null : filtered ? (
                <Empty
                  title="No run matches"
                  action={<Button onClick={() => onFilter({ vendor: null, state: "all" })}>Show all</Button>}
                />
              ) : (
                <Empty title="No run yet">The first begins when a credential is connected.</Empty>
              )
            }
          />
        </>
      )}
    </Panel>
  );
}

function stateOf(word: string): State {
  return RUN_STATES.find(one => one === word) ?? "all";
}
