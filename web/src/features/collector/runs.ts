// What a run brought, in numbers and words. Pure.
import type { FeedRun, Run } from "@/api/types";
import { count, plural } from "@/lib/format";

export interface Sums {
  pages: number;
  retries: number;
  fresh: number;
  changed: number;
  same: number;
  withdrawn: number;
}

export function sumsOf(run: Run): Sums {
  const sum = (of: (feed: FeedRun) => number) => run.feeds.reduce((all, feed) => all + of(feed), 0);
  return {
    pages: sum(feed => feed.pages),
    retries: sum(feed => feed.retries),
    fresh: sum(feed => feed.rows.new),
    changed: sum(feed => feed.rows.changed),
    same: sum(feed => feed.rows.same),
    withdrawn: sum(feed => feed.rows.withdrawn),
  };
}

/** `12 new, 3 changed`; what is nought is left out. */
export function rowsWords({ fresh, changed, same, withdrawn }: Omit<Sums, "pages" | "retries">): string {
  const parts = [
    fresh > 0 ? `${count(fresh)} new` : "",
    changed > 0 ? `${count(changed)} changed` : "",
    withdrawn > 0 ? `${count(withdrawn)} withdrawn` : "",
    same > 0 ? `${count(same)} same` : "",
  ].filter(Boolean);
  return parts.length === 0 ? "no rows" : parts.join(", ");
}

/** How far a run has come, for a progress bar: by days where it is a back-fill, else by its feeds. */
export function shareOf(run: Run): number {
  if (run.state !== "running") return 1;
  if (run.progress !== null) return Math.min(1, Math.max(0, run.progress));
  if (run.feeds.length === 0) return 0;
  return (
    run.feeds.filter(feed => feed.state === "whole" || feed.state === "stopped").length / run.feeds.length
  );
}

/** One sentence on a run: what it reads now, or how it ended. */
export function runWords(run: Run): string {
  if (run.error !== null) return run.error;
  const stopped = run.feeds.find(feed => feed.error !== null);
  if (run.state === "running") {
    const now = run.feeds.find(feed => feed.state === "running");
    return now ? `reads ${now.feed}, ${plural(now.pages, "page")} so far` : "waits for its turn";
  }
  return stopped?.error ?? rowsWords(sumsOf(run));
}
