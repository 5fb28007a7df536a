// One credential's feeds: their strips, when they are read next, what holds them back, and reading them now.
import { CalendarClock } from "lucide-react";
import { useRefusal } from "@/api/me";
import type { FeedCoverage, Run, Schedule } from "@/api/types";
import { Button, IconButton } from "@/components/ui/button";
import { VendorMark } from "@/components/ui/marks";
import { Progress } from "@/components/ui/progress";
import { Ago } from "@/components/ui/time";
import { plural } from "@/lib/format";
import { cronWords } from "./cron";
import { runWords, shareOf } from "./runs";
import { Strip } from "./strip";
import { dayWindow, gaps } from "./strip-days";
import { refusalOf, useSync } from "./use-sync";

interface KeyStripsProps {
  of: FeedCoverage["key"];
  feeds: readonly FeedCoverage[];
  schedule: Schedule | undefined;
  /** The run of it that is under way. */
  run: Run | undefined;
  onOpenRun: (id: string) => void;
  onSchedule: (schedule: Schedule) => void;
}

export function KeyStrips({ of: key, feeds, schedule, run, onOpenRun, onSchedule }: KeyStripsProps) {
  const role = useRefusal("analyst");
  const sync = useSync();
  const refused = role ?? (run ? "A reading with it is under way." : null);
  const error = refusalOf(sync.error);
  return (
    <section aria-label={key.label} className="flex flex-col gap-3 px-4 py-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0">
          <span className="inline-flex min-w-0 max-w-full items-center gap-2 text-body">
            <VendorMark id={key.vendor} />
            <span className="truncate font-sans font-normal text-muted">{key.label}</span>
          </span>
        </h3>
        <NextRun schedule={schedule} />
        <span className="ml-auto flex items-center gap-1">
          {schedule && (
            <IconButton name={`Schedule of ${key.label}`} onClick={() => onSchedule(schedule)}>
              <CalendarClock />
            </IconButton>
          )}
          <Button
            small
            refused={refused}
            busy={sync.isPending}
            aria-label={`Sync now with ${key.label}`}
            onClick={() => sync.mutate({ key: key.id })}
          >
            Sync now
          </Button>
        </span>
      </header>
      {error && (
        <p role="alert" className="text-critical">
          {error}
        </p>
      )}
      {run && <UnderWay run={run} onOpen={() => onOpenRun(run.id)} />}
      {feeds.map(feed => (
        <FeedStrip
          key={feed.feed}
          feed={feed}
          refused={refused}
          busy={sync.isPending}
          onFetch={(from, to) => sync.mutate({ key: key.id, feeds: [feed.feed], from, to })}
          onOpenRun={onOpenRun}
        />
      ))}
    </section>
  );
}

function NextRun({ schedule }: { schedule: Schedule | undefined }) {
  if (!schedule) return null;
  const { paused_because, backing_off_until, next_run_at, enabled, failures, cron } = schedule;
  if (!enabled) return <span className="text-dense text-muted">Read by hand only</span>;
  if (backing_off_until !== null) {
    return (
      <span className="text-dense text-high">
        Backs off after {plural(failures, "failure")}; next try <Ago at={backing_off_until} />
      </span>
    );
  }
  return (
    <span className="text-dense text-faint">
      {cronWords(cron)}; next <Ago at={next_run_at} />
      {paused_because !== null && <span className="text-high"> · some of it waits for you, see below</span>}
    </span>
  );
}

function UnderWay({ run, onOpen }: { run: Run; onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-accent px-3 py-1.5 text-left hover:bg-raised"
    >
      <span className="text-muted">
        {run.trigger === "backfill" ? "First reading of all days: " : "Under way: "}
        {runWords(run)}
      </span>
      <span className="min-w-40 flex-1">
        <Progress share={shareOf(run)} name={`Progress of ${run.key.label}`} />
      </span>
    </button>
  );
}

interface FeedStripProps {
  feed: FeedCoverage;
  refused: string | null;
  busy: boolean;
  onFetch: (from: string, to: string) => void;
  onOpenRun: (id: string) => void;
}

function FeedStrip({ feed, refused, busy, onFetch, onOpenRun }: FeedStripProps) {
  const missing = gaps(feed.days);
  const days = missing.reduce((sum, gap) => sum + gap.days, 0);
  const first = missing[0];
  const last = missing.at(-1);
  return (
    <div className="grid items-start gap-x-4 gap-y-1 md:grid-cols-[6rem_minmax(0,1fr)_10rem]">
      <span className="pt-0.5 font-semibold capitalize">{feed.feed}</span>
      <div className="min-w-0">
        <Strip
          label={`${feed.feed} of ${feed.key.label}`}
          days={feed.days}
          refused={refused}
          busy={busy}
          onFetch={day => {
            const { from, to } = dayWindow(day);
            onFetch(from, to);
          }}
          onOpen={onOpenRun}
        />
        {feed.error && <p className="text-dense text-critical">{feed.error}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-x-2 pt-0.5 text-dense text-faint md:flex-col md:items-end">
        {feed.fresh_at ? (
          <span>
            as of <Ago at={feed.fresh_at} />
          </span>
        ) : (
          <span>never read whole</span>
        )}
        {first && last && (
          <Button
            small
            look="quiet"
            refused={refused}
            busy={busy}
            aria-label={`Read ${plural(days, "missing day")} of ${feed.feed}, ${feed.key.label}`}
            onClick={() => onFetch(first.from, last.to)}
          >
            Read {plural(days, "missing day")}
          </Button>
        )}
      </div>
    </div>
  );
}
