// How the first reading with a new credential goes: all days that the vendor still has, with progress.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { latestRunsQuery } from "@/api/collector-queries";
import { Panel } from "@/components/ui/page";
import { Progress } from "@/components/ui/progress";
import { Region } from "@/components/ui/states";
import { paths } from "@/lib/paths";
import { FeedMark, RunMark } from "./marks";
import { rowsWords, runWords, shareOf } from "./runs";

export function FirstSync({ credential, reads }: { credential: string; reads: boolean }) {
  const runs = useQuery(latestRunsQuery({ key: credential }, 1));
  return (
    <Panel title="First sync" about="reads back as far as the vendor and the settings allow">
      <Region query={runs} what="the reading" className="h-24">
        {data => {
          const run = data.items[0];
          if (!run) {
            return (
              <p className="text-muted">
                {reads
                  ? "It begins in a moment."
                  : "There is nothing to read with it yet: no ability that is collected works."}
              </p>
            );
          }
          return (
            <div className="flex flex-col gap-3">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <RunMark state={run.state} />
                <span role="status" className="min-w-0 text-muted">
                  {runWords(run)}
                </span>
                <Link to={paths.collectors({ run: run.id })} className="ml-auto text-accent hover:underline">
                  The run
                </Link>
              </div>
              {run.state === "running" && (
                <Progress share={shareOf(run)} name="Progress of the first reading" />
              )}
              <ul className="flex flex-col divide-y divide-hairline rounded-control border border-hairline">
                {run.feeds.map(feed => (
                  <li key={feed.feed} className="flex flex-wrap items-center gap-x-4 px-3 py-1.5">
                    <span className="w-20 font-semibold capitalize">{feed.feed}</span>
                    <FeedMark state={feed.state} />
                    <span className="ml-auto text-dense text-faint">
                      {rowsWords({
                        fresh: feed.rows.new,
                        changed: feed.rows.changed,
                        same: feed.rows.same,
                        withdrawn: feed.rows.withdrawn,
                      })}
                    </span>
                    {feed.error && <p className="w-full text-critical">{feed.error}</p>}
                  </li>
                ))}
              </ul>
              {run.state === "running" && (
                <p className="text-dense text-faint">It goes on by itself when you leave this page.</p>
              )}
            </div>
          );
        }}
      </Region>
    </Panel>
  );
}
