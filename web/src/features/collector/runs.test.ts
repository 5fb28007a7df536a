import { describe, expect, it } from "vitest";
import type { FeedRun, Run } from "@/api/types";
import { rowsWords, runWords, shareOf, sumsOf } from "./runs";

const feed = (part: Partial<FeedRun> = {}): FeedRun => ({
  feed: "usage",
  state: "whole",
  from: null,
  to: null,
  pages: 2,
  retries: 1,
  left: 0,
  rows: { new: 10, changed: 3, same: 5, withdrawn: 0 },
  notes: [],
  error: null,
  resumes: false,
  ...part,
});

const run = (part: Partial<Run> = {}): Run => ({
  id: "r",
  key: { id: "k", label: "OpenAI", vendor: "openai" },
  trigger: "manual",
  state: "whole",
  started_at: "2026-11-30T18:00:00Z",
  ended_at: null,
  from: null,
  to: null,
  feeds: [feed(), feed({ feed: "cost", pages: 1, retries: 0 })],
  progress: null,
  breaker: null,
  error: null,
  ...part,
});

describe("a run", () => {
  it("adds up its feeds", () => {
    expect(sumsOf(run())).toEqual({ pages: 3, retries: 1, fresh: 20, changed: 6, same: 10, withdrawn: 0 });
  });
  it("names what it brought", () => {
    expect(rowsWords({ fresh: 1200, changed: 1, same: 0, withdrawn: 2 })).toBe(
      "1,200 new, 1 changed, 2 withdrawn",
    );
    expect(rowsWords({ fresh: 0, changed: 0, same: 0, withdrawn: 0 })).toBe("no rows");
  });
  it.each([
    [run(), 1],
    [run({ state: "running", progress: 0.25 }), 0.25],
    [run({ state: "running", progress: 7 }), 1],
    [run({ state: "running", feeds: [feed(), feed({ state: "waiting" })] }), 0.5],
    [run({ state: "running", feeds: [] }), 0],
  ])("knows how far it has come", (of, share) => expect(shareOf(of)).toBe(share));
  it("says its error before anything else", () => {
    expect(runWords(run({ error: "no secret" }))).toBe("no secret");
    expect(runWords(run({ state: "partly", feeds: [feed(), feed({ error: "refused" })] }))).toBe("refused");
    expect(runWords(run({ state: "running", feeds: [feed({ state: "running", pages: 1 })] }))).toBe(
      "reads usage, 1 page so far",
    );
    expect(runWords(run({ state: "running", feeds: [feed({ state: "waiting" })] }))).toBe(
      "waits for its turn",
    );
  });
});
