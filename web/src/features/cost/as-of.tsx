// What a page of costs covers, and how fresh it is. Bills come by the day: whatever range is chosen, whole days are shown.
import { Time } from "@/components/ui/time";
import { utcDays } from "@/lib/format";

export function WholeDays({ from, to, asOf }: { from: string; to: string; asOf: string }) {
  return (
    <span className="text-dense text-faint">
      Whole days: <span className="text-muted">{utcDays(from, to)}</span> · as of{" "}
      <Time at={asOf} shape="clock" />
    </span>
  );
}
