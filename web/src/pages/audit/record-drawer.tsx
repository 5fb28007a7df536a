// One record of the audit log, whole: facts, before and after as hashes, its place in the chain.
import type { AuditItem } from "@/api/types";
import { Button } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy";
import { rowId } from "@/components/ui/data-table";
import { Drawer } from "@/components/ui/dialog";
import { Facts } from "@/components/ui/page";
import { Empty, Loading } from "@/components/ui/states";
import { Time } from "@/components/ui/time";
import { count } from "@/lib/format";
import { useShortcuts } from "@/lib/shortcuts";
import { actorName } from "./columns";

interface RecordDrawerProps {
  id: string | null;
  record: AuditItem | undefined;
  /** The list has been read as far as it will by itself. */
  settled: boolean;
  onClose: () => void;
  onFilter: (patch: { actor?: string; action?: string }) => void;
}

export function RecordDrawer({ id, record, settled, onClose, onFilter }: RecordDrawerProps) {
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      title={record ? `Record ${count(record.seq)}` : "Record"}
      opener={id && rowId(id)}
    >
      {record ? (
        <Record record={record} onClose={onClose} onFilter={onFilter} />
      ) : settled ? (
        <Empty title="Not among the loaded records">
          The record lies outside the range or the filters of this address, or further down the list.
        </Empty>
      ) : (
        <Loading what="the record" className="m-4 h-64" />
      )}
    </Drawer>
  );
}

function detail(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function Record({
  record,
  onClose,
  onFilter,
}: { record: AuditItem } & Pick<RecordDrawerProps, "onClose" | "onFilter">) {
  const actor = actorName(record);
  useShortcuts({ Escape: onClose });
  const details = Object.entries(record.details);
  const hash = (value: string | null, none?: string) =>
    value === null ? <span className="text-faint">{none}</span> : <CopyText value={value} whole />;
  return (
    <div className="flex flex-col gap-5 p-4">
      <Facts
        items={[
          [
            "What",
            <span key="a" className="font-mono text-dense">
              {record.action}
            </span>,
          ],
          ["When", <Time key="t" at={record.at} shape="full" />],
          ["Who", actor.shown],
          ["On", record.object ? <CopyText key="o" value={record.object} whole /> : "–"],
          ["Address", record.address ?? "–"],
          ["Program", record.user_agent ?? "–"],
          ["Request", record.request_id ? <CopyText key="r" value={record.request_id} whole /> : "–"],
        ]}
      />
      {details.length > 0 && (
        <section>
          <h3 className="mb-2 text-dense text-faint">Details</h3>
          <Facts items={details.map(([key, value]) => [key, detail(value)])} />
        </section>
      )}
      <section>
        <h3 className="mb-2 text-dense text-faint">Chain (SHA-256)</h3>
        <Facts
          items={[
            ["Object before", hash(record.before, "not recorded")],
            ["Object after", hash(record.after, "not recorded")],
            ["Record before", hash(record.prev)],
            ["This record", hash(record.hash)],
          ]}
        />
      </section>
      <div className="flex flex-wrap gap-2">
        <Button small onClick={() => onFilter({ actor: actor.filter })}>
          All by {actor.shown}
        </Button>
        <Button small onClick={() => onFilter({ action: record.action })}>
          All {record.action}
        </Button>
      </div>
    </div>
  );
}
