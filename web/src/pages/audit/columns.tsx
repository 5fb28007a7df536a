// The columns of the audit log, and how an actor is named.
import type { AuditItem } from "@/api/types";
import type { Column } from "@/components/ui/data-table";
import { Time } from "@/components/ui/time";
import { count } from "@/lib/format";
import { deviceName } from "@/lib/user-agent";

/** How an actor is shown, and what finds all their acts. */
export function actorName({ actor }: AuditItem): { shown: string; filter: string } {
  switch (actor.kind) {
    case "user":
      return { shown: actor.email, filter: actor.email };
    case "token":
      return { shown: `token ${actor.name}`, filter: actor.name };
    case "operator":
      return { shown: `${actor.name}, on the server`, filter: actor.name };
    case "system":
      return { shown: "AegisFlow itself", filter: "system" };
    case "anonymous":
      return { shown: "nobody known", filter: "anonymous" };
  }
}

export const auditColumns: readonly Column<AuditItem>[] = [
  { id: "at", header: "When", min: 124, card: "lead", cell: row => <Time at={row.at} /> },
  {
    id: "action",
    header: "What",
    min: 184,
    grow: 2,
    card: "lead",
    cell: row => <span className="font-mono text-dense">{row.action}</span>,
  },
  { id: "actor", header: "Who", min: 200, grow: 2, cell: row => actorName(row).shown },
  {
    id: "object",
    header: "On",
    min: 160,
    grow: 2,
    card: "none",
    cell: row =>
      row.object ? (
        <span className="font-mono text-dense text-muted" title={row.object}>
          {row.object}
        </span>
      ) : (
        <span className="text-faint">–</span>
      ),
  },
  {
    id: "from",
    header: "From",
    min: 180,
    grow: 1,
    card: "none",
    cell: row => (
      <span className="text-muted">
        {row.address ?? "–"}
        {row.user_agent && <span className="text-faint"> · {deviceName(row.user_agent)}</span>}
      </span>
    ),
  },
  { id: "seq", header: "Record", named: true, min: 72, align: "end", cell: row => count(row.seq) },
];
