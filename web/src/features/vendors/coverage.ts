// How well a vendor is seen, by what it can tell: the cells of the coverage map. Pure.
import type { CoverageCell, CoverageState } from "@/api/types";
import { plural } from "@/lib/format";

export type CoverageColumn = CoverageCell["ability"];

export const COLUMNS: readonly CoverageColumn[] = ["usage", "cost", "audit", "content", "gateway"];

export const COLUMN_WORDS: Readonly<Record<CoverageColumn, string>> = {
  usage: "Usage",
  cost: "Cost",
  audit: "Audit",
  content: "Content",
  gateway: "Calls seen",
};

export const STATE_WORDS: Readonly<Record<CoverageState, string>> = {
  fresh: "fresh",
  seen: "stale",
  blind: "no data",
  lacking: "refused",
  not_offered: "not offered",
  failing: "failing",
};

/** What each state means, for the legend. */
export const STATE_HELP: Readonly<Record<CoverageState, string>> = {
  fresh: "read whole, lately",
  seen: "read, but not lately",
  failing: "the last run failed",
  lacking: "the vendor refuses the credential",
  blind: "offered, and nothing came of it here",
  not_offered: "the vendor has no such call",
};

/** From the best to the worst. */
export const STATES: readonly CoverageState[] = [
  "fresh",
  "seen",
  "failing",
  "lacking",
  "blind",
  "not_offered",
];

/** A vendor's cell of a column; none where the server does not know the column. */
export function cellOf(cells: readonly CoverageCell[], column: CoverageColumn): CoverageCell | undefined {
  return cells.find(cell => cell.ability === column);
}

/** How much of what is offered is read: `3 of 4`. */
export function seenOf(cells: readonly CoverageCell[]): { seen: number; offered: number } {
  const offered = cells.filter(cell => cell.state !== "not_offered");
  const seen = offered.filter(cell => cell.state === "fresh" || cell.state === "seen");
  return { seen: seen.length, offered: offered.length };
}

/** One sentence on all vendors: what is read, and what fails or is refused. */
export function coverageSentence(
  vendors: readonly { keys: number; cells: readonly CoverageCell[] }[],
): string {
  const connected = vendors.filter(vendor => vendor.keys > 0).length;
  if (connected === 0) return "No vendor is connected yet.";
  const cells = vendors.flatMap(vendor => vendor.cells);
  const n = (state: CoverageState) => cells.filter(cell => cell.state === state).length;
  const bad = [
    n("failing") > 0 ? `${n("failing")} failing` : "",
    n("lacking") > 0 ? `${n("lacking")} refused by the vendor` : "",
  ].filter(Boolean);
  const state = bad.length > 0 ? bad.join(", ") : "nothing fails";
  const offered = cells.length - n("not_offered");
  return `${connected} of ${plural(vendors.length, "vendor")} connected; ${n("fresh")} of the ${offered} kinds of data they offer are fresh, ${state}.`;
}
