// Who did what: every privileged act, newest first, in a chain whose wholeness can be checked here.
import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { auditList, verifyQuery } from "@/api/queries";
import { useList } from "@/api/use-list";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Page } from "@/components/ui/page";
import { SearchField } from "@/components/ui/search-field";
import { Empty, Failed, Loading } from "@/components/ui/states";
import { rangeSpec } from "@/lib/event-query";
import { defineFilters, formatFilters, searchString, text } from "@/lib/filters";
import { count, instant, plural } from "@/lib/format";
import { useZone } from "@/lib/preferences";
import { rangeQuery } from "@/lib/range";
import { useFilters } from "@/lib/use-filters";
import { auditColumns } from "./columns";
import { RecordDrawer } from "./record-drawer";
import { Verdict } from "./verdict";

const spec = defineFilters({ ...rangeSpec, actor: text(), action: text(), record: text() });

/** Beginnings that stand for whole families of acts. */
const FAMILIES = [
  "login",
  "setup",
  "user",
  "invite",
  "token",
  "session",
  "password",
  "detector",
  "events",
  "scan",
];

export default function AuditPage() {
  const [values, set, ignored] = useFilters(spec);
  const { actor, action, record } = values;
  const zone = useZone();
  const list = useList(
    auditList(rangeQuery(values), { ...(actor ? { actor } : {}), ...(action ? { action } : {}) }),
  );
  const verify = useQuery({ ...verifyQuery, enabled: false });
  const narrowed = actor !== null || action !== null;
  return (
    <Page
      title="Audit"
      fill
      ignored={ignored}
      about="Every privileged act. Each record holds the hash of the one before, so that a change shows."
      actions={
        <Button look="primary" busy={verify.isFetching} onClick={() => void verify.refetch()}>
          <ShieldCheck aria-hidden className="size-4" />
          Verify the chain
        </Button>
      }
    >
      <Verdict verify={verify} />
      <div className="flex flex-wrap items-end gap-3">
        <SearchField
          label="Who"
          value={actor}
          placeholder="maria@corp.example, system, anonymous"
          onCommit={next => set({ actor: next })}
        />
        <SearchField
          label="What"
          value={action}
          placeholder="login.failed, or login for all of them"
          options={FAMILIES}
          onCommit={next => set({ action: next })}
        />
        {narrowed && <Button onClick={() => set({ actor: null, action: null })}>Clear</Button>}
      </div>
      <section
        aria-label="Audit records"
        className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-panel border border-hairline bg-panel"
      >
        <p
          role="status"
          className="flex min-h-9 items-center gap-3 border-b border-hairline px-4 text-dense text-muted"
        >
          {list.state === "loading" ? "Reading the log…" : `${count(list.rows.length)} loaded`}
          {list.asOf > 0 && <span className="text-faint">as of {instant(list.asOf, zone, "clock")}</span>}
        </p>
        {list.state === "loading" && <Loading what="the audit log" className="m-4 flex-1" />}
        {list.state === "failed" && <Failed error={list.error} retry={list.retry} what="the audit log" />}
        {list.state !== "loading" && (list.rows.length > 0 || list.state !== "failed") && (
          <DataTable
            label="Audit records"
            fill
            columns={auditColumns}
            rows={list.rows}
            rowKey={row => row.id}
            href={row => `/audit${searchString(formatFilters(spec, { ...values, record: row.id }))}`}
            openKey={record}
            onEnd={list.more}
            empty={
              <Empty
                title={narrowed ? "Nothing matched" : "No act in this range"}
                action={
                  narrowed && (
                    <Button onClick={() => set({ actor: null, action: null })}>Clear the filters</Button>
                  )
                }
              >
                {narrowed ? "No record of this range fits." : "Choose a wider range above."}
              </Empty>
            }
            footer={
              list.state === "asking" ? (
                <Button small onClick={list.keepLooking}>
                  Keep looking
                </Button>
              ) : list.state === "complete" ? (
                <span className="text-dense text-faint">
                  The end of the range: {plural(list.rows.length, "record")}.
                </span>
              ) : list.state === "looking" ? (
                <span className="text-dense text-muted">Looking further back…</span>
              ) : null
            }
          />
        )}
      </section>
      <RecordDrawer
        id={record}
        record={list.rows.find(row => row.id === record)}
        settled={list.state !== "loading" && list.state !== "looking"}
        onClose={() => set({ record: null })}
        onFilter={set}
      />
    </Page>
  );
}
