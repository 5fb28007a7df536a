// Money as pages show it. Pure. Invariant: reported, observed and not priced are never added to each other: each measure
// is one of them alone.
import type { SpendBy, SpendItem, SpendLine } from "@/api/types";
import type { EventFilters } from "@/lib/event-query";
import { about, count, usd } from "@/lib/format";
import type { Line } from "@/lib/series";
import { vendorName } from "@/lib/vendors";

export const MEASURES = ["billed", "stated", "observed", "not_priced", "tokens"] as const;
export type Measure = (typeof MEASURES)[number];

export const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  billed: "Billed",
  stated: "Stated",
  observed: "Observed ≈",
  not_priced: "Not priced",
  tokens: "Tokens",
};

/** The unit of a measure, as a chart names it. */
export const MEASURE_UNITS: Readonly<Record<Measure, string>> = {
  billed: "US dollars billed",
  stated: "US dollars stated in answers",
  observed: "US dollars by our prices, estimated",
  not_priced: "tokens without a price",
  tokens: "tokens",
};

export function showMeasure(measure: Measure): (n: number) => string {
  if (measure === "not_priced" || measure === "tokens") return count;
  return measure === "observed" ? n => about(String(n)) : n => usd(String(n));
}

/** Marks what is not listed, and what names no value. Neither can be a name. */
const REST = "\u001frest";
const NONE = "\u001fnone";

/** What tells a value from the others in charts and tables. */
export function keyOf(item: Pick<SpendItem, "key" | "vendor" | "other">): string {
  if (item.other) return `${REST}${item.vendor ?? ""}`;
  if (item.key === null) return NONE;
  return item.vendor === null || item.vendor === item.key ? item.key : `${item.vendor}\u001f${item.key}`;
}

/** The name of a value; bills name no team, app or person. */
export function nameOf(item: Pick<SpendItem, "key" | "vendor" | "other">, by: SpendBy): string {
  if (item.other) return "Others";
  if (item.key === null) return NO_VALUE[by];
  return by === "vendor" ? vendorName(item.key) : item.key;
}

const NO_VALUE: Readonly<Record<SpendBy, string>> = {
  vendor: "No vendor named",
  model: "No model named",
  key: "No key named",
  team: "No team named",
  app: "No app named",
  user: "No person named",
  cost_center: "No cost centre named",
  project: "No project named",
};

function pointsOf(line: SpendLine, measure: Measure): number[] {
  switch (measure) {
    case "billed":
      return line.billed_usd.map(Number);
    case "stated":
      return line.stated_usd.map(Number);
    case "observed":
      return line.observed_usd.map(Number);
    case "not_priced":
      return line.not_priced_tokens;
    case "tokens":
      return line.tokens;
  }
}

/** The lines of one measure, for a chart; those with nothing left out. */
export function linesOf(lines: readonly SpendLine[], measure: Measure): Line[] {
  const all = lines.map(line => ({ key: keyOf(line), points: pointsOf(line, measure) }));
  return all.filter(line => line.points.some(n => n !== 0));
}

/** The filters that list a value's events; null where events cannot be told apart by it. */
export function filtersOf(
  item: Pick<SpendItem, "key" | "vendor" | "other">,
  by: SpendBy,
): Partial<EventFilters> | null {
  if (item.other || item.key === null) return null;
  const vendor = item.vendor === null ? {} : { vendor: [item.vendor] };
  switch (by) {
    case "vendor":
      return { vendor: [item.key] };
    case "model":
      return { ...vendor, model: [item.key] };
    case "team":
      return { team: [item.key] };
    case "app":
      return { app: [item.key] };
    case "user":
      return { user: [item.key] };
    default:
      return null;
  }
}

/** The first measure that has anything: bills before what answers state before our own prices. */
export function firstMeasure(totals: SpendItem["figures"]): Measure {
  if (Number(totals.reported.billed_usd) !== 0) return "billed";
  if (Number(totals.observed_usd) !== 0) return "observed";
  return Number(totals.reported.stated_usd) !== 0 ? "stated" : "tokens";
}
