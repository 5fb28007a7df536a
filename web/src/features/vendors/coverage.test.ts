import { describe, expect, it } from "vitest";
import type { CoverageCell, CoverageState } from "@/api/types";
import { COLUMNS, cellOf, coverageSentence, STATE_HELP, STATE_WORDS, STATES, seenOf } from "./coverage";

const cell = (state: CoverageState, i = 0): CoverageCell => ({
  ability: COLUMNS[i] ?? "usage",
  state,
  last_at: null,
  why: "",
});
const cells = (...states: CoverageState[]) => states.map(cell);

describe("coverage", () => {
  it("has a word and a meaning for each state, none twice", () => {
    const words = STATES.map(state => STATE_WORDS[state]);
    expect(new Set(words).size).toBe(STATES.length);
    expect(Object.keys(STATE_HELP).sort()).toEqual([...STATES].sort());
  });

  it("counts what is read of what is offered", () => {
    expect(seenOf(cells("fresh", "seen", "failing", "not_offered", "blind"))).toEqual({
      seen: 2,
      offered: 4,
    });
    expect(seenOf(cells("not_offered"))).toEqual({ seen: 0, offered: 0 });
    expect(seenOf([])).toEqual({ seen: 0, offered: 0 });
  });

  it("finds a column, and none that the server does not tell", () => {
    expect(cellOf(cells("fresh", "blind"), "cost")?.state).toBe("blind");
    expect(cellOf(cells("fresh"), "gateway")).toBeUndefined();
  });

  it.each([
    [[], "No vendor is connected yet."],
    [[{ keys: 0, cells: cells("blind") }], "No vendor is connected yet."],
    [
      [
        { keys: 2, cells: cells("fresh", "fresh") },
        { keys: 0, cells: cells("blind", "blind") },
      ],
      "1 of 2 vendors connected; 2 of the 4 kinds of data they offer are fresh, nothing fails.",
    ],
    [
      [{ keys: 1, cells: cells("fresh", "failing", "lacking", "lacking") }],
      "1 of 1 vendor connected; 1 of the 4 kinds of data they offer are fresh, 1 failing, 2 refused by the vendor.",
    ],
  ])("says it in a sentence", (vendors, expected) => expect(coverageSentence(vendors)).toBe(expected));
});
