// The moments of an event in order, each with its distance from the first.
import type { EventDetail } from "@/api/types";
import { Time } from "@/components/ui/time";
import { millis } from "@/lib/format";

interface Moment {
  name: string;
  at: number;
}

/** What is known, in order of time; a moment nobody reported is left out. */
export function moments(event: EventDetail): Moment[] {
  const start = Date.parse(event.occurred_at);
  const all: Moment[] = [{ name: "Sent to the vendor", at: start }];
  if (event.ttft_ms !== null) all.push({ name: "First token", at: start + event.ttft_ms });
  if (event.latency_ms !== null) all.push({ name: "Answer complete", at: start + event.latency_ms });
  all.push({ name: "Received, scanned and stored", at: Date.parse(event.received_at) });
  return all.sort((a, b) => a.at - b.at);
}

export function Timeline({ event }: { event: EventDetail }) {
  const all = moments(event);
  const first = all[0]?.at ?? 0;
  return (
    <ol className="flex flex-col gap-1.5">
      {all.map(moment => (
        <li key={moment.name} className="grid grid-cols-[6.5rem_minmax(0,1fr)_auto] items-baseline gap-3">
          <span className="font-mono text-dense text-muted">
            <Time at={new Date(moment.at).toISOString()} shape="millis" />
          </span>
          <span>{moment.name}</span>
          <span className="text-dense text-faint">
            {moment.at === first ? "" : `+${millis(moment.at - first)}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
