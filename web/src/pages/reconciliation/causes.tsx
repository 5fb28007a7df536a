// The gaps by cause; each is a filter.
import type { Cause, Reconciliation } from "@/api/types";
import { CAUSE_WORDS, CauseMark, NO_BILL } from "@/features/cost/causes";
import { cx } from "@/lib/cx";
import { isZero, plural, signedUsd } from "@/lib/format";

interface CausesProps {
  causes: Reconciliation["causes"];
  chosen: Cause | null;
  onChoose: (cause: Cause | null) => void;
}

export function Causes({ causes, chosen, onChoose }: CausesProps) {
  return (
    <ul aria-label="Causes" className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
      {causes.map(one => (
        <li key={one.cause} className="flex">
          <button
            type="button"
            aria-pressed={chosen === one.cause}
            onClick={() => onChoose(chosen === one.cause ? null : one.cause)}
            className={cx(
              "flex min-w-0 flex-1 flex-col gap-0.5 rounded-panel border bg-panel px-3 py-2 text-left hover:bg-raised",
              chosen === one.cause ? "border-accent" : "border-hairline",
            )}
          >
            <span className="flex w-full items-baseline gap-2">
              <CauseMark cause={one.cause} />
              <span className="ml-auto text-right">
                {signedUsd(one.gap_usd)}
                {!isZero(one.expected_gap_usd) && (
                  <span className="block text-dense text-muted" title={NO_BILL}>
                    ≈ {signedUsd(one.expected_gap_usd)} without a bill
                  </span>
                )}
              </span>
            </span>
            <span className="text-dense text-muted">
              {plural(one.lines, "comparison")}: {CAUSE_WORDS[one.cause].help}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
