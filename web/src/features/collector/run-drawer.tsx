// One run: each feed with its pages, rows, retries and the vendor's error; stopped here while it is under way.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { runQuery } from "@/api/collector-queries";
import { useRefusal } from "@/api/me";
import type { FeedRun, Run } from "@/api/types";
import { Button } from "@/components/ui/button";
import { CopyButton, CopyText } from "@/components/ui/copy";
import { rowId } from "@/components/ui/data-table";
import { Drawer } from "@/components/ui/dialog";
import { VendorMark } from "@/components/ui/marks";
import { Facts } from "@/components/ui/page";
import { Progress } from "@/components/ui/progress";
import { Failed, Region } from "@/components/ui/states";
import { Time } from "@/components/ui/time";
import { count, plural, span, utcDays } from "@/lib/format";
import { useShortcuts } from "@/lib/shortcuts";
import { FeedMark, RunMark, TRIGGER_WORDS } from "./marks";
import { rowsWords, shareOf } from "./runs";
import { useCancel } from "./use-sync";

export function RunDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      title="Run"
      actions={id && <CopyButton value={id} name="Copy the id" />}
      opener={id && rowId(id)}
    >
      {id && <Body key={id} id={id} onClose={onClose} />}
    </Drawer>
  );
}

function Body({ id, onClose }: { id: string; onClose: () => void }) {
  const run = useQuery(runQuery(id));
  useShortcuts({ Escape: onClose });
  return (
    <Region query={run} what="the run" className="m-4 h-96">
      {data => <View run={data} />}
    </Region>
  );
}

function View({ run }: { run: Run }) {
  const refused = useRefusal("analyst");
  const cancel = useCancel();
  const underWay = run.state === "running";
  return (
    <div className="flex flex-col gap-6 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <RunMark state={run.state} />
        {underWay && (
          <span className="min-w-40 flex-1">
            <Progress share={shareOf(run)} name="Progress" />
          </span>
        )}
        {underWay && (
          <Button
            className="ml-auto"
            refused={refused}
            busy={cancel.isPending}
            onClick={() => cancel.mutate(run.id)}
          >
            Cancel
          </Button>
        )}
      </div>
      {cancel.isError && <Failed error={cancel.error} title="It was not stopped" />}
      {run.error && <p className="text-critical">{run.error}</p>}
      {run.breaker && run.breaker.state !== "closed" && (
        <p className="text-high">
          Calls to <span className="font-mono text-dense">{run.breaker.host}</span> are held back after
          repeated failures
          {run.breaker.retry_in_seconds !== null &&
            `; the next try is in ${span(run.breaker.retry_in_seconds)}`}
          .
        </p>
      )}
      <RunFacts run={run} />
      <section className="flex flex-col gap-3">
        <h3 className="text-dense text-faint">Feeds</h3>
        {run.feeds.length === 0 && <p className="text-muted">None was begun.</p>}
        <ul className="flex flex-col gap-3">
          {run.feeds.map(feed => (
            <Feed key={feed.feed} feed={feed} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function RunFacts({ run }: { run: Run }) {
  const items: (readonly [ReactNode, ReactNode])[] = [
    [
      "Credential",
      <span key="k" className="inline-flex min-w-0 flex-wrap items-center gap-x-2">
        <VendorMark id={run.key.vendor} /> {run.key.label}
      </span>,
    ],
    ["Begun by", TRIGGER_WORDS[run.trigger]],
    ["Begun", <Time key="s" at={run.started_at} shape="full" />],
    [
      "Ended",
      run.ended_at ? (
        <span key="e">
          <Time at={run.ended_at} shape="full" />, after{" "}
          {span((Date.parse(run.ended_at) - Date.parse(run.started_at)) / 1000)}
        </span>
      ) : (
        "not yet"
      ),
    ],
    ...(run.from && run.to ? [["Days read", utcDays(run.from, run.to)] as const] : []),
    ["Id", <CopyText key="i" value={run.id} />],
  ];
  return <Facts items={items} />;
}

function Feed({ feed }: { feed: FeedRun }) {
  const { rows } = feed;
  return (
    <li className="flex flex-col gap-1 rounded-control border border-hairline px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3">
        <span className="font-semibold capitalize">{feed.feed}</span>
        <FeedMark state={feed.state} />
        {feed.from && feed.to && (
          <span className="ml-auto text-dense text-faint">{utcDays(feed.from, feed.to)}</span>
        )}
      </div>
      <p className="text-muted">
        {rowsWords({ fresh: rows.new, changed: rows.changed, same: rows.same, withdrawn: rows.withdrawn })}
      </p>
      <p className="text-dense text-faint">
        {plural(feed.pages, "page")} · {plural(feed.retries, "retry", "retries")}
        {feed.left > 0 && ` · ${count(feed.left)} left out`}
        {feed.resumes && " · went on where an earlier run stopped"}
      </p>
      {feed.error && <p className="text-critical">{feed.error}</p>}
      {feed.notes.map(note => (
        <p key={note} className="text-dense text-muted">
          {note}
        </p>
      ))}
    </li>
  );
}
