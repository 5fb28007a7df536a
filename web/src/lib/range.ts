// Time ranges as the URL and the API know them: a named range up to now, or a fixed half-open window.
// Pure; `useRange` in `use-filters.ts` ties it to the URL.

export type RangeName = "15m" | "1h" | "24h" | "7d" | "30d" | "90d";
export const RANGES = ["15m", "1h", "24h", "7d", "30d", "90d"] satisfies RangeName[];
export const DEFAULT_RANGE = "24h" satisfies RangeName;

/** What a page asks the API for. */
export type RangeQuery = { range: RangeName } | { from: string; to: string };

export interface RangeValues {
  range: RangeName;
  from: string | null;
  to: string | null;
}

export interface Window {
  from: number;
  to: number;
}

const SECONDS: Record<RangeName, number> = {
  "15m": 900,
  "1h": 3_600,
  "24h": 86_400,
  "7d": 604_800,
  "30d": 2_592_000,
  "90d": 7_776_000,
};

export const RANGE_WORDS: Record<RangeName, string> = {
  "15m": "Last 15 minutes",
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
};

/** A fixed window wins over a name; half a window counts as none. */
export function rangeQuery(values: RangeValues): RangeQuery {
  const { range, from, to } = values;
  return from !== null && to !== null && from < to ? { from, to } : { range };
}

/** The window a query means at `now`. */
export function windowOf(query: RangeQuery, now: number): Window {
  if ("range" in query) return { from: now - SECONDS[query.range] * 1000, to: now };
  return { from: Date.parse(query.from), to: Date.parse(query.to) };
}

/**
 * The window before (-1) or after (+1). A step that ends near now, by half its length, goes back to the named range of
 * that length, if there is one: time has passed since the step away from it.
 */
export function shift(query: RangeQuery, direction: -1 | 1, now: number): RangeQuery {
  const { from, to } = windowOf(query, now);
  const length = to - from;
  const next = { from: from + direction * length, to: to + direction * length };
  if (next.to >= now - length / 2) {
    const name = RANGES.find(range => Math.abs(SECONDS[range] * 1000 - length) < 60_000);
    if (name) return { range: name };
  }
  return fixed(next);
}

/** A window as a query. */
export function fixed(window: Window): RangeQuery {
  return { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() };
}
