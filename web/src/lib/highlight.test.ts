// Marks must lie on the values, in any script, and never lose a letter of the text.
import { describe, expect, it } from "vitest";
import { pieces, segments } from "./highlight";

const bytes = (text: string) => new TextEncoder().encode(text).length;

/** The spans of `found` in `text`, as the API gives them: UTF-8 bytes. */
function spansOf(text: string, ...found: string[]) {
  return found.map(part => {
    const start = bytes(text.slice(0, text.indexOf(part)));
    return { start, end: start + bytes(part) };
  });
}

const marked = (text: string, spans: { start: number; end: number }[]) =>
  segments(text, spans)
    .filter(segment => segment.span !== null)
    .map(segment => segment.text);

describe("marking findings in a text", () => {
  it("counts bytes, not characters", () => {
    for (const text of [
      "card •••• 4821 here",
      "für Müller: •••-••-6789.",
      "🙂🙂 +1 ••• 0143 🙂",
      "日本 a@b.example",
    ]) {
      for (const part of ["•••• 4821", "•••-••-6789", "+1 ••• 0143", "a@b.example"]) {
        if (text.includes(part)) expect(marked(text, spansOf(text, part))).toEqual([part]);
      }
    }
  });

  it("keeps the text whole, whatever the spans", () => {
    const text = "a •• 🙂 b";
    for (let start = -1; start < 20; start += 1) {
      for (let end = -1; end < 20; end += 1) {
        expect(
          segments(text, [{ start, end }])
            .map(s => s.text)
            .join(""),
        ).toBe(text);
      }
    }
  });

  it("names the span each mark belongs to, in the order of the text", () => {
    const text = "one two three";
    const [three, one] = spansOf(text, "three", "one");
    if (!three || !one) throw new Error("two spans");
    expect(segments(text, [three, one]).map(s => [s.text, s.span])).toEqual([
      ["one", 1],
      [" two ", null],
      ["three", 0],
    ]);
  });

  it("leaves overlapping and empty spans unmarked", () => {
    expect(
      marked("abcdef", [
        { start: 0, end: 3 },
        { start: 2, end: 5 },
        { start: 5, end: 5 },
      ]),
    ).toEqual(["abc"]);
  });

  it("gives one plain segment for a text without findings, the empty text included", () => {
    expect(segments("plain", [])).toEqual([{ text: "plain", span: null }]);
    expect(segments("", [])).toEqual([{ text: "", span: null }]);
  });

  it("gives the text of each span, in their order, and none for what is not marked", () => {
    const text = "é [SSN_1] and [CARD_1]";
    const [card, ssn] = spansOf(text, "[CARD_1]", "[SSN_1]");
    if (!card || !ssn) throw new Error("two spans");
    expect(pieces(text, [card, { start: 3, end: 3 }, ssn])).toEqual(["[CARD_1]", undefined, "[SSN_1]"]);
  });
});
