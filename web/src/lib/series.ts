// Time series as charts need them: folded to a readable number, zero-filled by the server, and told as CSV and words.
// Pure.
import { count } from "./format";
import { OTHER } from "./vendors";

export interface Line {
  key: string;
  points: readonly number[];
}

const total = (line: Line) => line.points.reduce((sum, n) => sum + n, 0);

/** What the server itself added up of many: `other (5)`. */
const REST = /^other \((\d+)\)$/;

/** The `most` largest series, the rest added up as "other"; largest first, empty ones left out. */
export function fold(lines: readonly Line[], most = 7): Line[] {
  const filled = lines.filter(line => total(line) > 0).sort((a, b) => total(b) - total(a));
  const named = filled.filter(line => !REST.test(line.key));
  const rest = [...named.slice(most), ...filled.filter(line => REST.test(line.key))];
  if (rest.length === 0) return named;
  const length = Math.max(...rest.map(line => line.points.length));
  const points = Array.from({ length }, (_, i) => rest.reduce((sum, line) => sum + (line.points[i] ?? 0), 0));
  return [...named.slice(0, most), { key: OTHER, points }];
}

/** How many series stand behind "other" after folding. */
export function othersIn(lines: readonly Line[], folded: readonly Line[]): number {
  const shown = new Set(folded.map(line => line.key));
  return lines
    .filter(line => total(line) > 0 && !shown.has(line.key))
    .reduce((sum, line) => sum + Number(REST.exec(line.key)?.[1] ?? 1), 0);
}

/** The size of a bucket in words: `15 min`, `1 h`, `1 d`. */
export function bucketWords(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function csvCell(value: string | number): string {
  const text = String(value);
  // A leading = + - @ would be run as a formula by spreadsheets.
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (RFC 4180), formulas disarmed. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `${rows.map(row => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** One sentence for those who don't see the chart. */
export function sentence(
  unit: string,
  lines: readonly Line[],
  name: (key: string) => string,
  show: (n: number) => string = count,
): string {
  const all = lines.reduce((sum, line) => sum + total(line), 0);
  if (all === 0) return `No ${unit} in this range.`;
  const sums = lines.map(line => ({ name: name(line.key), n: total(line) })).sort((a, b) => b.n - a.n);
  const named = sums.slice(0, 3).map(line => `${line.name} ${show(line.n)}`);
  const more = sums.length > 3 ? `, and ${sums.length - 3} more` : "";
  return `${show(all)} ${unit}: ${named.join(", ")}${more}.`;
}
