// The 30-day strip of a feed: what each day is, in words, and what pressing it does. Pure.
import type { CoverageDay } from "@/api/types";
import { plural } from "@/lib/format";

export type DayState = CoverageDay["state"];

export const DAY_STATES: readonly DayState[] = ["whole", "revised", "open", "missing", "failed"];

export const DAY_WORDS: Readonly<Record<DayState, string>> = {
  whole: "whole",
  revised: "revised",
  open: "not over yet",
  missing: "never read",
  failed: "failed",
};

/** What pressing a day does: read it, look at the run that read it, or nothing. */
export type DayAct = { do: "fetch" } | { do: "open"; run: string } | { do: "nothing" };

export function actOf(day: CoverageDay): DayAct {
  if (day.state === "missing" || day.state === "failed") return { do: "fetch" };
  return day.run_id === null ? { do: "nothing" } : { do: "open", run: day.run_id };
}

/** `2026-11-12` as `12 Nov`; days are the vendor's, in UTC. */
export function dayName(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  return at.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}

/** A day in a sentence, with what pressing it does. */
export function dayWords(day: CoverageDay): string {
  const rows = day.rows > 0 ? `, ${plural(day.rows, "row")}` : "";
  const changed = day.changed > 0 ? `, ${day.changed} changed later` : "";
  return `${dayName(day.day)}: ${DAY_WORDS[day.state]}${rows}${changed}`;
}

export function actWords(act: DayAct): string {
  if (act.do === "fetch") return "read it now";
  return act.do === "open" ? "show the run" : "";
}

/** A day as the half-open window that a sync is asked for. */
export function dayWindow(day: string): { from: string; to: string } {
  const from = Date.parse(`${day}T00:00:00Z`);
  const iso = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");
  return { from: iso(from), to: iso(from + 86_400_000) };
}

/** A strip in one sentence, for those who don't see it: `27 days whole, 2 never read, 1 not over yet.` */
export function stripSentence(days: readonly CoverageDay[]): string {
  const parts = DAY_STATES.map(state => [state, days.filter(day => day.state === state).length] as const)
    .filter(([, n]) => n > 0)
    .map(([state, n], i) => `${i === 0 ? plural(n, "day") : n} ${DAY_WORDS[state]}`);
  return parts.length === 0 ? "No day is known." : `${parts.join(", ")}.`;
}

/** Runs of days next to each other that were never read or failed: each is fetched by one sync. */
export function gaps(days: readonly CoverageDay[]): { from: string; to: string; days: number }[] {
  const found: { from: string; to: string; days: number }[] = [];
  let last: CoverageDay | null = null;
  for (const day of days) {
    const gone = day.state === "missing" || day.state === "failed";
    const wasGone = last !== null && (last.state === "missing" || last.state === "failed");
    const open = found.at(-1);
    if (gone && wasGone && open) {
      open.to = dayWindow(day.day).to;
      open.days += 1;
    } else if (gone) {
      found.push({ ...dayWindow(day.day), days: 1 });
    }
    last = day;
  }
  return found;
}
