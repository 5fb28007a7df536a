// Cuts a text into plain and marked segments from spans in UTF-8 bytes, as findings have them, while JavaScript
// counts UTF-16 units. Pure. Invariant: the segments' texts joined are the text, whatever the spans.

export interface ByteSpan {
  start: number;
  end: number;
}

export interface Segment {
  text: string;
  /** Index of the span that marks it; null for plain text. */
  span: number | null;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x1_0000 ? 3 : 4;
}

/** Byte offsets to string indices, for ascending offsets; one inside a character is taken back to its beginning. */
function indices(text: string, offsets: readonly number[]): number[] {
  const found: number[] = [];
  let byte = 0;
  let index = 0;
  for (const offset of offsets) {
    while (index < text.length) {
      const codePoint = text.codePointAt(index) ?? 0;
      const next = byte + utf8Length(codePoint);
      if (next > offset) break;
      byte = next;
      index += codePoint > 0xffff ? 2 : 1;
    }
    found.push(index);
  }
  return found;
}

/** Marks `spans` in `text`; empty, overlapping and out-of-range ones are left unmarked rather than shown wrongly. */
export function segments(text: string, spans: readonly ByteSpan[]): Segment[] {
  const order = spans.map((span, i) => ({ ...span, i })).sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: typeof order = [];
  let end = 0;
  for (const span of order) {
    if (span.start < end || span.end <= span.start) continue;
    kept.push(span);
    end = span.end;
  }
  const at = indices(
    text,
    kept.flatMap(span => [span.start, span.end]),
  );
  const all: Segment[] = [];
  let done = 0;
  kept.forEach((span, k) => {
    const from = at[2 * k] ?? text.length;
    const to = at[2 * k + 1] ?? text.length;
    if (to <= from) return;
    if (from > done) all.push({ text: text.slice(done, from), span: null });
    all.push({ text: text.slice(from, to), span: span.i });
    done = to;
  });
  if (done < text.length || all.length === 0) all.push({ text: text.slice(done), span: null });
  return all;
}

/** The text of each span, in their order; undefined for one that is not marked. */
export function pieces(text: string, spans: readonly ByteSpan[]): (string | undefined)[] {
  const found = new Array<string | undefined>(spans.length);
  for (const segment of segments(text, spans)) if (segment.span !== null) found[segment.span] = segment.text;
  return found;
}
