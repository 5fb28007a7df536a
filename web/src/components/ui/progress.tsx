// A share of a whole as a bar with its figure.
import { percent } from "@/lib/format";

export function Progress({ share, name }: { share: number; name: string }) {
  const value = Math.round(share * 100);
  return (
    <span className="inline-flex w-full min-w-20 items-center gap-2">
      <span
        role="progressbar"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={value}
        className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-full bg-raised outline outline-1 outline-hairline"
      >
        <span className="block h-full rounded-full bg-accent" style={{ width: `${value}%` }} />
      </span>
      <span aria-hidden className="shrink-0 text-dense text-muted">
        {percent(value / 100)}
      </span>
    </span>
  );
}
