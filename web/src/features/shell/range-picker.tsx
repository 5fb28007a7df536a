// Chooses the time range of the page: a named one up to now, or a window between two moments in the shown zone.
import { CalendarRange, ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Popover } from "@/components/ui/popover";
import { cx } from "@/lib/cx";
import { instant } from "@/lib/format";
import { useZone } from "@/lib/preferences";
import { fixed, RANGE_WORDS, RANGES, type RangeQuery, shift, windowOf } from "@/lib/range";
import { useShortcuts } from "@/lib/shortcuts";
import { useRange } from "@/lib/use-filters";
import { fromWall, toWall } from "@/lib/zoned";

function words(range: RangeQuery, zone: string): string {
  if ("range" in range) return RANGE_WORDS[range.range];
  return `${instant(range.from, zone, "minute")} – ${instant(range.to, zone, "minute")}`;
}

/** What fits on a phone. */
function brief(range: RangeQuery): string {
  return "range" in range ? range.range : "fixed";
}

export function RangePicker() {
  const [range, setRange] = useRange();
  const [open, setOpen] = useState(false);
  const zone = useZone();
  const move = (direction: -1 | 1) => setRange(shift(range, direction, Date.now()));
  const atNow = "range" in range;
  useShortcuts({
    t: () => setOpen(true),
    "[": () => move(-1),
    "]": () => atNow || move(1),
  });
  const choose = (next: RangeQuery) => {
    setRange(next);
    setOpen(false);
  };
  return (
    <div className="flex min-w-0 items-center">
      <IconButton name="Earlier" hint="Earlier ([)" className="max-sm:hidden" onClick={() => move(-1)}>
        <ChevronLeft />
      </IconButton>
      <Popover
        open={open}
        onOpenChange={setOpen}
        label="Time range"
        className="w-72"
        trigger={
          <Button className="min-w-0" aria-label={`Time range ${brief(range)}: ${words(range, zone)}`}>
            <CalendarRange aria-hidden className="size-4 shrink-0 text-muted" />
            <span className="hidden truncate sm:inline">{words(range, zone)}</span>
            <span className="sm:hidden">{brief(range)}</span>
          </Button>
        }
      >
        <div className="grid grid-cols-2 gap-1 p-2">
          {RANGES.map(name => {
            const chosen = "range" in range && range.range === name;
            return (
              <button
                key={name}
                type="button"
                aria-pressed={chosen}
                onClick={() => choose({ range: name })}
                className={cx(
                  "h-8 rounded-control px-2 text-left hover:bg-raised",
                  chosen && "bg-raised font-semibold text-accent",
                )}
              >
                {RANGE_WORDS[name]}
              </button>
            );
          })}
        </div>
        <Between range={range} zone={zone} onChoose={choose} />
      </Popover>
      <IconButton
        name="Later"
        hint="Later (])"
        className="max-sm:hidden"
        disabled={atNow}
        onClick={() => move(1)}
      >
        <ChevronRight />
      </IconButton>
    </div>
  );
}

function Between({
  range,
  zone,
  onChoose,
}: {
  range: RangeQuery;
  zone: string;
  onChoose: (next: RangeQuery) => void;
}) {
  const now = windowOf(range, Date.now());
  const [from, setFrom] = useState(() => toWall(now.from, zone));
  const [to, setTo] = useState(() => toWall(now.to, zone));
  const window = { from: fromWall(from, zone), to: fromWall(to, zone) };
  const wrong = !(window.from < window.to);
  return (
    <form
      className="flex flex-col gap-3 border-t border-hairline p-3"
      onSubmit={event => {
        event.preventDefault();
        if (!wrong) onChoose(fixed(window));
      }}
    >
      <Field label={`From (${zone})`}>
        <Input type="datetime-local" required value={from} onChange={event => setFrom(event.target.value)} />
      </Field>
      <Field label={`To (${zone})`} error={wrong ? "The end must lie after the beginning." : undefined}>
        <Input type="datetime-local" required value={to} onChange={event => setTo(event.target.value)} />
      </Field>
      <Button type="submit" small refused={wrong ? "The end must lie after the beginning." : null}>
        Show this window
      </Button>
    </form>
  );
}
