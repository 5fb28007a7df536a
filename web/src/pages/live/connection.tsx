// The state of the live connection in words.
import type { Live } from "@/features/live/use-live";
import { cx } from "@/lib/cx";
import { useSeconds } from "@/lib/use-now";

function words({ connection, paused }: Live, now: number): readonly [string, string] {
  if (connection.kind === "connecting") return ["bg-medium", "Connecting…"];
  if (connection.kind === "waiting") {
    const seconds = Math.max(0, Math.ceil((connection.retryAt - now) / 1000));
    const why = connection.reason ? `${connection.reason}; ` : "";
    return ["bg-critical", `${why}reconnecting ${seconds === 0 ? "now" : `in ${seconds} s`}`];
  }
  if (paused) return ["bg-medium", "Paused: the view is frozen, events are still counted"];
  return ["bg-ok live-pulse", "Connected: events appear as they are stored"];
}

export function ConnectionWords({ live }: { live: Live }) {
  const now = useSeconds();
  const [colour, text] = words(live, now);
  return (
    <span role="status" className="inline-flex items-center gap-2">
      <span aria-hidden className={cx("size-2 rounded-full", colour)} />
      {text}
    </span>
  );
}
