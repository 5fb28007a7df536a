// Rows of the analytics and their trends. Pure.
import type { AnalyticsRow } from "@/api/types";
import { count, millis, percent, short } from "@/lib/format";
import { vendorName } from "@/lib/vendors";

/** Rows that are compared at once. */
export const MOST = 4;

export const TRENDS = ["latency_p95_ms", "ttft_p95_ms", "events", "error_rate", "tokens"] as const;
export type TrendName = (typeof TRENDS)[number];

export const TREND_WORDS: Readonly<Record<TrendName, string>> = {
  latency_p95_ms: "P95 latency",
  ttft_p95_ms: "P95 first token",
  events: "Events",
  error_rate: "Error rate",
  tokens: "Tokens",
};

export const TREND_SHOW: Readonly<Record<TrendName, (n: number) => string>> = {
  latency_p95_ms: millis,
  ttft_p95_ms: millis,
  events: count,
  error_rate: percent,
  tokens: short,
};

/** What tells a row from the others, and stands in the address. */
export function rowKeyOf(row: Pick<AnalyticsRow, "vendor" | "model" | "other">): string {
  if (row.other) return "~others";
  return row.model === null ? (row.vendor ?? "~none") : `${row.vendor ?? ""}/${row.model}`;
}

export function rowName(row: Pick<AnalyticsRow, "vendor" | "model" | "other">): string {
  if (row.other) return "Others";
  return row.model ?? (row.vendor === null ? "None named" : vendorName(row.vendor));
}

/** A row's course; null where nothing was measured, which is no zero. */
export function courseOf(row: AnalyticsRow, trend: TrendName): (number | null)[] {
  const { events, errors, tokens, latency_p95_ms, ttft_p95_ms } = row.trend;
  switch (trend) {
    case "latency_p95_ms":
      return latency_p95_ms.map(n => n ?? null);
    case "ttft_p95_ms":
      return ttft_p95_ms.map(n => n ?? null);
    case "events":
      return events;
    case "tokens":
      return tokens;
    case "error_rate":
      return events.map((n, i) => (n === 0 ? null : (errors[i] ?? 0) / n));
  }
}

/** The top of the one scale that all courses share. */
export function topOf(courses: readonly (readonly (number | null)[])[]): number {
  return courses.reduce((top, course) => Math.max(top, ...course.map(n => n ?? 0)), 0);
}
