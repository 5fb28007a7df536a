// Lists: when to go on, what to keep, how to tell them.
import { describe, expect, it } from "vitest";
import { continuation, MAX_SHORT_RUN } from "./continuation";
import { safeNext } from "./paths";
import { Ring } from "./ring";
import { csv, fold, othersIn, sentence } from "./series";

const page = (items: number, more = true) => ({
  items: Array.from({ length: items }, () => null),
  next_cursor: more ? "c" : null,
});

describe("going on after a page", () => {
  it("ends where there is no cursor", () => {
    expect(continuation([page(100), page(3, false)], 100, 0)).toBe("end");
  });

  it("waits for scrolling after a full page", () => {
    expect(continuation([page(100)], 100, 0)).toBe("on-demand");
  });

  it("goes on by itself past short and empty pages, but not for ever", () => {
    const shorts = (n: number) => Array.from({ length: n }, () => page(0));
    expect(continuation(shorts(MAX_SHORT_RUN - 1), 100, 0)).toBe("now");
    expect(continuation(shorts(MAX_SHORT_RUN), 100, 0)).toBe("ask");
  });

  it("starts counting anew when told to keep looking", () => {
    const pages = Array.from({ length: MAX_SHORT_RUN }, () => page(0));
    expect(continuation(pages, 100, MAX_SHORT_RUN)).toBe("now");
    expect(continuation([...pages, page(2)], 100, MAX_SHORT_RUN)).toBe("now");
  });

  it("counts only short pages in a row", () => {
    const pages = [...Array.from({ length: MAX_SHORT_RUN - 1 }, () => page(0)), page(90), page(1)];
    expect(continuation(pages, 100, 0)).toBe("now");
  });
});

describe("the ring", () => {
  it("holds the newest, newest first, and gives back what falls out", () => {
    const ring = new Ring<number>(3);
    expect([1, 2, 3, 4, 5].map(n => ring.push(n))).toEqual([undefined, undefined, undefined, 1, 2]);
    expect(ring.newestFirst()).toEqual([5, 4, 3]);
    expect(ring.length).toBe(3);
  });

  it("starts over when cleared", () => {
    const ring = new Ring<number>(2);
    for (const n of [1, 2, 3]) ring.push(n);
    ring.clear();
    ring.push(9);
    expect(ring.newestFirst()).toEqual([9]);
  });
});

describe("series", () => {
  const line = (key: string, ...points: number[]) => ({ key, points });

  it("keeps the largest and adds up the rest", () => {
    const lines = [line("a", 1, 1), line("b", 5, 5), line("c", 2, 0), line("d", 0, 3)];
    expect(fold(lines, 2)).toEqual([line("b", 5, 5), line("d", 0, 3), line("other", 3, 1)]);
  });

  it("takes what the server added up for what it is: no series, but several", () => {
    const lines = [line("a", 1, 0), line("other (5)", 9, 9), line("b", 5, 5), line("c", 0, 0)];
    const folded = fold(lines, 1);
    expect(folded).toEqual([line("b", 5, 5), line("other", 10, 9)]);
    expect(othersIn(lines, folded)).toBe(6);
    expect(fold([line("other (2)", 3)])).toEqual([line("other", 3)]);
  });

  it("leaves out what is empty", () => {
    expect(fold([line("a", 0, 0), line("b", 1)])).toEqual([line("b", 1)]);
  });

  it("says itself in a sentence", () => {
    expect(sentence("events", [line("a", 1), line("b", 3)], key => key.toUpperCase())).toBe(
      "4 events: B 3, A 1.",
    );
    expect(sentence("events", [], key => key)).toBe("No events in this range.");
  });

  it("writes CSV that no spreadsheet runs", () => {
    expect(csv([["a,b", 'say "x"', -1, "=1+1"]])).toBe('"a,b","say ""x""",-1,\'=1+1\r\n');
  });
});

describe("the place to go after signing in", () => {
  it.each([
    ["/events?vendor=openai", "/events?vendor=openai"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["https://evil.example", "/"],
    [null, "/"],
  ])("%s leads to %s", (next, wanted) => {
    expect(safeNext(next)).toBe(wanted);
  });
});
