import { describe, expect, it } from "vitest";
import type { CoverageDay } from "@/api/types";
import {
  actOf,
  DAY_STATES,
  DAY_WORDS,
  dayName,
  dayWindow,
  dayWords,
  gaps,
  stripSentence,
} from "./strip-days";

const day = (n: number, state: CoverageDay["state"], part: Partial<CoverageDay> = {}): CoverageDay => ({
  day: `2026-11-${String(n).padStart(2, "0")}`,
  state,
  rows: 0,
  changed: 0,
  run_id: null,
  ...part,
});

describe("a day of the strip", () => {
  it("is read by a press where it is missing or failed, whatever run touched it", () => {
    expect(actOf(day(1, "missing"))).toEqual({ do: "fetch" });
    expect(actOf(day(1, "failed", { run_id: "r" }))).toEqual({ do: "fetch" });
  });
  it("else shows its run, if it has one", () => {
    expect(actOf(day(1, "whole", { run_id: "r" }))).toEqual({ do: "open", run: "r" });
    expect(actOf(day(1, "open"))).toEqual({ do: "nothing" });
  });
  it("is a half-open window in UTC, over the end of a month too", () => {
    expect(dayWindow("2026-11-30")).toEqual({ from: "2026-11-30T00:00:00Z", to: "2026-12-01T00:00:00Z" });
  });
  it("is told in words", () => {
    expect(dayWords(day(3, "revised", { rows: 1, changed: 4 }))).toBe(
      "3 Nov: revised, 1 row, 4 changed later",
    );
    expect(dayWords(day(3, "missing"))).toBe("3 Nov: never read");
    expect(dayName("nonsense")).toBe("nonsense");
  });
  it("has a word for each state", () => {
    expect(Object.keys(DAY_WORDS).sort()).toEqual([...DAY_STATES].sort());
  });
});

describe("a strip", () => {
  it("is one sentence", () => {
    expect(stripSentence([day(1, "whole"), day(2, "missing"), day(3, "missing"), day(4, "open")])).toBe(
      "1 day whole, 1 not over yet, 2 never read.",
    );
    expect(stripSentence([])).toBe("No day is known.");
  });
  it("joins days that are gone and next to each other", () => {
    const days = [day(1, "missing"), day(2, "failed"), day(3, "whole"), day(4, "missing"), day(5, "open")];
    expect(gaps(days)).toEqual([
      { from: "2026-11-01T00:00:00Z", to: "2026-11-03T00:00:00Z", days: 2 },
      { from: "2026-11-04T00:00:00Z", to: "2026-11-05T00:00:00Z", days: 1 },
    ]);
    expect(gaps([day(1, "whole")])).toEqual([]);
  });
});
