// The month: what is spent, and where it will end, with an interval.
import type { Outlook } from "@/api/types";
import { instant, plural, usd } from "@/lib/format";

export function Month({ outlook }: { outlook: Outlook }) {
  const { spent_usd, forecast, reason, basis, method, from, to } = outlook;
  const end = instant(new Date(Date.parse(to) - 1).toISOString(), "UTC", "day");
  const kind = basis === "billed" ? "billed" : "seen here, estimated";
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-8 gap-y-2">
        <p>
          <span className="font-head text-title font-semibold">{usd(spent_usd)}</span>{" "}
          <span className="text-muted">
            {kind} since {instant(from, "UTC", "day")}
          </span>
        </p>
        {forecast && (
          <p>
            <span className="font-head text-title font-semibold">≈ {usd(forecast.expected_usd)}</span>{" "}
            <span className="text-muted">
              expected by {end}, likely {usd(forecast.low_usd)} to {usd(forecast.high_usd)}
            </span>
          </p>
        )}
      </div>
      {forecast && (
        <Interval
          spent={Number(spent_usd)}
          low={Number(forecast.low_usd)}
          expected={Number(forecast.expected_usd)}
          high={Number(forecast.high_usd)}
        />
      )}
      {reason && <p className="text-muted">No forecast: {reason}.</p>}
      <p className="text-dense text-faint">
        {forecast && `From ${plural(forecast.days_used, "whole day")}: ${method}. `}
        {outlook.not_priced_tokens > 0 &&
          `${plural(outlook.not_priced_tokens, "token")} of the month have no price and are in no figure here.`}
      </p>
    </div>
  );
}

/** Spent, expected and its interval on one scale from zero. */
function Interval({
  spent,
  low,
  expected,
  high,
}: {
  spent: number;
  low: number;
  expected: number;
  high: number;
}) {
  const top = Math.max(high, spent, 1e-9) * 1.04;
  const at = (n: number) => `${Math.min(100, Math.max(0, (n / top) * 100))}%`;
  return (
    <div aria-hidden className="relative h-5 rounded-control bg-raised">
      <span
        className="hatched absolute inset-y-0 rounded-control border border-edge"
        style={{ left: at(low), width: `calc(${at(high)} - ${at(low)})` }}
      />
      <span className="absolute inset-y-0 left-0 rounded-control bg-accent" style={{ width: at(spent) }} />
      <span className="absolute -inset-y-1 w-0.5 bg-text" style={{ left: at(expected) }} />
    </div>
  );
}
