// Thirty days of a feed in a row. One stop of the Tab key, arrows move, Enter or a click reads a missing day or shows
// the run that read it. What the cursor is on stands beside it in words.
import { type KeyboardEvent, useRef, useState } from "react";
import type { CoverageDay } from "@/api/types";
import { Glyph, type Shape } from "@/components/ui/marks";
import { cx } from "@/lib/cx";
import { actOf, actWords, type DayState, dayWords, stripSentence } from "./strip-days";

const looks: Readonly<Record<DayState, { shape: Shape | null; box: string }>> = {
  whole: { shape: null, box: "border-ok bg-ok/30" },
  revised: { shape: "pen", box: "border-ok bg-ok/30 text-ok" },
  open: { shape: null, box: "border-edge hatched" },
  missing: {
    shape: "ring",
    box: "border-dashed border-edge text-muted hover:border-accent hover:text-accent",
  },
  failed: { shape: "cross", box: "border-critical text-critical" },
};

export function DayBox({ state, className }: { state: DayState; className?: string }) {
  const { shape, box } = looks[state];
  return (
    <span
      aria-hidden
      className={cx("inline-flex items-center justify-center rounded-[3px] border", box, className)}
    >
      {shape && <Glyph shape={shape} className="!size-2.5" />}
    </span>
  );
}

interface StripProps {
  label: string;
  days: readonly CoverageDay[];
  /** Why days cannot be read now; null where they can. */
  refused: string | null;
  busy: boolean;
  onFetch: (day: string) => void;
  onOpen: (run: string) => void;
}

export function Strip({ label, days, refused, busy, onFetch, onOpen }: StripProps) {
  const [at, setAt] = useState<number | null>(null);
  const [stop, setStop] = useState(days.length - 1);
  const box = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const from = at ?? stop;
    const next = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: days.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const to = Math.min(days.length - 1, Math.max(0, next));
    setStop(to);
    box.current?.querySelectorAll<HTMLElement>("button")[to]?.focus();
  };
  const press = (day: CoverageDay) => {
    const act = actOf(day);
    if (act.do === "open") onOpen(act.run);
    else if (act.do === "fetch" && refused === null && !busy) onFetch(day.day);
  };
  const shown = at === null ? undefined : days[at];
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <div
        ref={box}
        role="group"
        aria-label={`${label}: ${stripSentence(days)} Arrow keys move.`}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setAt(null)}
        className="grid grid-cols-[repeat(10,minmax(0,1fr))] gap-0.5 sm:grid-cols-[repeat(30,minmax(0,1fr))]"
      >
        {days.map((day, i) => (
          <button
            key={day.day}
            type="button"
            tabIndex={i === Math.min(stop, days.length - 1) ? 0 : -1}
            aria-label={says(day, refused)}
            onMouseEnter={() => setAt(i)}
            onFocus={() => {
              setAt(i);
              setStop(i);
            }}
            onBlur={() => setAt(null)}
            onClick={() => press(day)}
            className="flex h-6 min-w-0"
          >
            <DayBox state={day.state} className="h-full w-full" />
          </button>
        ))}
      </div>
      <p aria-hidden className="h-4 truncate text-dense text-faint">
        {shown ? says(shown, refused) : stripSentence(days)}
      </p>
    </div>
  );
}

function says(day: CoverageDay, refused: string | null): string {
  const act = actOf(day);
  const words = act.do === "fetch" && refused ? refused : actWords(act);
  return words ? `${dayWords(day)} · ${words}` : dayWords(day);
}
