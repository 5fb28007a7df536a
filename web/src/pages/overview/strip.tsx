// How fresh the figures are, what scanning costs, and what nobody could look at.
import { Link } from "react-router";
import type { Overview } from "@/api/types";
import { Facts, Panel } from "@/components/ui/page";
import { Ago } from "@/components/ui/time";
import { bytes, count, micros, rate, span } from "@/lib/format";
import { paths } from "@/lib/paths";

export function Strip({ overview: { pipeline, kpis } }: { overview: Overview }) {
  const scan = kpis.scan_p95_us.value;
  return (
    <Panel
      title="Pipeline"
      actions={
        <Link to={paths.system()} className="px-1 text-dense text-accent hover:underline">
          System
        </Link>
      }
    >
      <Facts
        items={[
          [
            "Newest event",
            pipeline.last_received_at ? <Ago key="at" at={pipeline.last_received_at} /> : "none yet",
          ],
          ["Stored now", rate(pipeline.stored_per_s)],
          ["Figures behind", span(pipeline.lag_seconds)],
          ["Waiting", count(pipeline.queue_depth)],
          ["P95 scan", scan === null ? "no data" : micros(scan)],
          ["Not inspected", bytes(kpis.uninspected_bytes.value ?? 0)],
          ["Tokens", count(kpis.tokens.value ?? 0)],
        ]}
      />
    </Panel>
  );
}
