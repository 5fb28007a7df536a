// The outcome of verifying the audit chain: whole, or where it breaks first.
import type { UseQueryResult } from "@tanstack/react-query";
import type { AuditVerify } from "@/api/types";
import { CopyText } from "@/components/ui/copy";
import { HealthMark } from "@/components/ui/marks";
import { Facts } from "@/components/ui/page";
import { Failed } from "@/components/ui/states";
import { count, instant, millis } from "@/lib/format";
import { useZone } from "@/lib/preferences";

export function Verdict({ verify }: { verify: UseQueryResult<AuditVerify> }) {
  const zone = useZone();
  if (verify.isError) {
    return (
      <div className="rounded-panel border border-hairline bg-panel">
        <Failed error={verify.error} retry={() => verify.refetch()} what="the verdict" />
      </div>
    );
  }
  if (!verify.data) return null;
  const { ok, records, head, first_break, took_ms } = verify.data;
  return (
    <section
      role="status"
      aria-label="Verdict on the chain"
      className="flex flex-col gap-3 rounded-panel border border-hairline bg-panel p-4"
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <HealthMark ok={ok} yes="The chain is whole" no="The chain is broken" />
        <span className="text-muted">
          {count(records)} records follow one another; checked at{" "}
          {instant(verify.dataUpdatedAt, zone, "clock")} in {millis(took_ms)}
        </span>
        {head && (
          <span className="text-muted">
            · head {count(head.seq)} <CopyText value={head.hash} />
          </span>
        )}
      </p>
      {first_break && (
        <Facts
          items={[
            ["First break", `record ${count(first_break.seq)}: ${first_break.reason}`],
            ["Expected", <CopyText key="e" value={first_break.expected} whole />],
            ["Found", <CopyText key="f" value={first_break.found} whole />],
          ]}
        />
      )}
    </section>
  );
}
