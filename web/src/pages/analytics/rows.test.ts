import { describe, expect, it } from "vitest";
import type { AnalyticsRow } from "@/api/types";
import { courseOf, rowKeyOf, rowName, topOf } from "./rows";

const row = (part: Partial<AnalyticsRow> = {}): AnalyticsRow => ({
  vendor: "openai",
  model: null,
  other: false,
  latency_ms: { p50: 1, p95: 2, p99: 3 },
  ttft_ms: { p50: null, p95: null, p99: null },
  error_rate: 0,
  findings_per_1k: 0,
  figures: {
    reported: { billed_usd: "0", estimated_usd: "0", stated_usd: "0" },
    observed_usd: "0",
    not_priced: { events: 0, tokens: 0 },
    events: 0,
    tokens: { input: 0, cached_input: 0, cache_write: 0, output: 0, reasoning: 0 },
    usd_per_million_tokens: null,
  },
  trend: {
    events: [0, 4, 10],
    errors: [0, 1, 0],
    tokens: [0, 9, 9],
    latency_p95_ms: [null, 800, 900],
    ttft_p95_ms: [null, null, null],
  },
  ...part,
});

describe("a row of the analytics", () => {
  it("has no error rate where there was no event, which is no zero", () => {
    expect(courseOf(row(), "error_rate")).toEqual([null, 0.25, 0]);
    expect(courseOf(row(), "latency_p95_ms")).toEqual([null, 800, 900]);
  });
  it("is told from others: a model of two vendors, the rest", () => {
    const keys = [
      row(),
      row({ model: "gpt-5" }),
      row({ vendor: "azure_openai", model: "gpt-5" }),
      row({ other: true }),
    ];
    expect(new Set(keys.map(rowKeyOf)).size).toBe(4);
    expect(keys.map(rowName)).toEqual(["OpenAI", "gpt-5", "gpt-5", "Others"]);
  });
  it("shares one scale with those it is compared to", () => {
    expect(
      topOf([
        [null, 3],
        [7, null],
      ]),
    ).toBe(7);
    expect(topOf([])).toBe(0);
  });
});
