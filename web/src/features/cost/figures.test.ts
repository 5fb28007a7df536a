import { describe, expect, it } from "vitest";
import type { SpendItem, SpendLine } from "@/api/types";
import { filtersOf, firstMeasure, keyOf, linesOf, MEASURES, nameOf, showMeasure } from "./figures";

const line = (part: Partial<SpendLine>): SpendLine => ({
  key: "openai",
  vendor: null,
  other: false,
  billed_usd: ["1.5", "0"],
  stated_usd: ["0", "0"],
  observed_usd: ["0.25", "0.5"],
  not_priced_tokens: [7, 0],
  tokens: [10, 20],
  ...part,
});

const totals = (billed: string, stated: string, observed: string): SpendItem["figures"] => ({
  reported: { billed_usd: billed, estimated_usd: "0", stated_usd: stated },
  observed_usd: observed,
  not_priced: { events: 0, tokens: 0 },
  events: 0,
  tokens: { input: 0, cached_input: 0, cache_write: 0, output: 0, reasoning: 0 },
  usd_per_million_tokens: null,
});

describe("measures", () => {
  it("are each one figure alone, never a sum of two", () => {
    const points = MEASURES.map(measure => linesOf([line({})], measure)[0]?.points ?? null);
    expect(points).toEqual([[1.5, 0], null, [0.25, 0.5], [7, 0], [10, 20]]);
  });
  it("mark estimates, and write counts as counts", () => {
    expect(showMeasure("observed")(0.5)).toBe("≈ $0.50");
    expect(showMeasure("billed")(1234.5)).toBe("$1,234.50");
    expect(showMeasure("not_priced")(1204)).toBe("1,204");
  });
  it("begin with bills, else with what there is", () => {
    expect(firstMeasure(totals("1", "1", "1"))).toBe("billed");
    expect(firstMeasure(totals("0", "1", "2"))).toBe("observed");
    expect(firstMeasure(totals("0.000000000", "0.1", "0"))).toBe("stated");
    expect(firstMeasure(totals("0", "0", "0"))).toBe("tokens");
  });
});

describe("values", () => {
  const rest = { key: null, vendor: null, other: true };
  const none = { key: null, vendor: null, other: false };
  const model = { key: "gpt-5", vendor: "openai", other: false };
  it("are told apart: the same model of two vendors, the rest, and no value", () => {
    const keys = [rest, none, model, { ...model, vendor: "azure_openai" }].map(keyOf);
    expect(new Set(keys).size).toBe(4);
  });
  it("have names", () => {
    expect(nameOf(rest, "team")).toBe("Others");
    expect(nameOf(none, "team")).toBe("No team named");
    expect(nameOf({ key: "openai", vendor: null, other: false }, "vendor")).toBe("OpenAI");
    expect(nameOf(model, "model")).toBe("gpt-5");
  });
  it("lead to their events where there is a way", () => {
    expect(filtersOf(model, "model")).toEqual({ vendor: ["openai"], model: ["gpt-5"] });
    expect(filtersOf({ ...model, key: "proj_1" }, "project")).toBeNull();
    expect(filtersOf(rest, "vendor")).toBeNull();
    expect(filtersOf(none, "team")).toBeNull();
  });
});
