// The filter bar of every event list: type `vendor:openai` or `-team:claims`, or pick from what the range holds.
// What is typed stays in the box until it is a whole filter; only then it enters the address.
import { useQuery } from "@tanstack/react-query";
import { ListFilter, X } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { facetsQuery } from "@/api/queries";
import type { Facets } from "@/api/types";
import { cx } from "@/lib/cx";
import {
  bareFilters,
  type EventFilters,
  FIELD_WORDS,
  parseTyped,
  TERM_FIELDS,
  type Token,
  tokens,
  without,
} from "@/lib/event-query";
import { count } from "@/lib/format";
import type { RangeQuery } from "@/lib/range";
import { useShortcuts } from "@/lib/shortcuts";

interface FilterBarProps {
  filters: EventFilters;
  range: RangeQuery;
  onChange: (patch: Partial<EventFilters>) => void;
}

interface Suggestion {
  /** What the box holds once it is taken; a whole filter is applied at once. */
  text: string;
  label: string;
  note: string;
  whole: boolean;
}

const MOST = 12;

/** Fields that begin as typed, or values of the field that is named. */
function suggest(typed: string, facets: Facets | undefined): Suggestion[] {
  const minus = typed.startsWith("-") ? "-" : "";
  const body = minus ? typed.slice(1) : typed;
  const colon = body.indexOf(":");
  if (colon === -1) {
    const fields = TERM_FIELDS.filter(field => field.startsWith(body.toLowerCase())).map(field => ({
      text: `${minus}${field}:`,
      label: `${minus}${field}:`,
      note: FIELD_WORDS[field],
      whole: false,
    }));
    const amounts = ["cost:>", "latency:>"]
      .filter(field => minus === "" && field.startsWith(body.toLowerCase()))
      .map(text => ({
        text,
        label: text,
        note: text === "cost:>" ? "At least, in dollars" : "At least, in ms",
        whole: false,
      }));
    return [...fields, ...amounts];
  }
  const field = body.slice(0, colon).toLowerCase();
  const part = body.slice(colon + 1).toLowerCase();
  const values = facets?.fields[field] ?? [];
  return values
    .filter(({ value }) => value.toLowerCase().includes(part))
    .slice(0, MOST)
    .map(({ value, count: n }) => ({
      text: `${minus}${field}:${value}`,
      label: value,
      note: count(n),
      whole: true,
    }));
}

export function FilterBar({ filters, range, onChange }: FilterBarProps) {
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const [problem, setProblem] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const facets = useQuery({ ...facetsQuery(filters, range), enabled: open });
  const offers = open ? suggest(typed, facets.data) : [];
  useShortcuts({ "/": () => input.current?.focus() });

  const apply = (text: string) => {
    const patch = parseTyped(text, filters);
    setProblem(patch === null);
    if (!patch) return;
    onChange(patch);
    setTyped("");
    setChosen(-1);
  };
  const take = (offer: Suggestion) => {
    if (offer.whole) apply(offer.text);
    else setTyped(offer.text);
    setChosen(-1);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen(at => (offers.length === 0 ? -1 : (at + step + offers.length) % offers.length));
    } else if (event.key === "Enter" && typed.trim() !== "") {
      event.preventDefault();
      const offer = offers[chosen];
      if (offer) take(offer);
      else apply(typed);
    } else if (event.key === "Enter" && offers[chosen]) {
      event.preventDefault();
      take(offers[chosen]);
    } else if (event.key === "Escape" && (open || typed !== "")) {
      event.stopPropagation();
      setOpen(false);
      setTyped("");
      setProblem(false);
    } else if (event.key === "Backspace" && typed === "") {
      const last = tokens(filters).at(-1);
      if (last) onChange(without(filters, last));
    }
  };

  const active = tokens(filters);
  return (
    <search className="relative min-w-0 flex-1 basis-64">
      <div className="flex min-h-8 flex-wrap items-center gap-1 rounded-control border border-edge bg-field py-0.5 pr-1 pl-2.5 focus-within:border-accent">
        <ListFilter aria-hidden className="size-4 shrink-0 text-faint" />
        {active.map(token => (
          <TokenChip
            key={`${token.field}${token.term}`}
            token={token}
            onRemove={() => onChange(without(filters, token))}
          />
        ))}
        <input
          ref={input}
          role="combobox"
          aria-label="Filter"
          aria-expanded={open && offers.length > 0}
          aria-controls={`${id}-offers`}
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          aria-autocomplete="list"
          aria-invalid={problem || undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          value={typed}
          placeholder={active.length === 0 ? "vendor:openai  -team:claims  severity:high,critical" : ""}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onChange={event => {
            setTyped(event.target.value);
            setProblem(false);
            setOpen(true);
            setChosen(-1);
          }}
          onKeyDown={onKeyDown}
          className="h-6 min-w-32 flex-1 bg-transparent text-body outline-none"
        />
        {active.length > 0 && (
          <button
            type="button"
            onClick={() => onChange(bareFilters)}
            className="h-6 rounded-control px-1.5 text-dense text-muted hover:bg-raised hover:text-text"
          >
            Clear all
          </button>
        )}
      </div>
      {problem && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-dense text-critical">
          Not a filter yet. Write field:value, as in vendor:openai, -team:claims or latency:&gt;2000.
        </p>
      )}
      {open && offers.length > 0 && (
        <div
          id={`${id}-offers`}
          role="listbox"
          aria-label="Filters to add"
          className="enter-rise absolute inset-x-0 top-full z-30 mt-1 max-h-80 max-w-md overflow-y-auto rounded-panel border border-hairline bg-panel p-1"
        >
          {offers.map((offer, i) => (
            <div
              key={offer.text}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              // The box must keep the focus, or its list would close before the click counts.
              onMouseDown={event => event.preventDefault()}
              onClick={() => take(offer)}
              onKeyDown={() => undefined}
              className={cx(
                "flex min-h-7 cursor-pointer items-center gap-3 rounded-control px-2",
                i === chosen ? "bg-raised" : "hover:bg-raised",
              )}
            >
              <span className="min-w-0 flex-1 truncate font-mono text-dense">{offer.label}</span>
              <span className="text-dense text-faint">{offer.note}</span>
            </div>
          ))}
        </div>
      )}
    </search>
  );
}

function TokenChip({ token, onRemove }: { token: Token; onRemove: () => void }) {
  return (
    <span
      className={cx(
        "inline-flex h-6 max-w-64 items-center gap-0.5 rounded-control border bg-raised pl-1.5 text-dense",
        token.exclude ? "border-high" : "border-hairline",
      )}
    >
      <span className="truncate">
        {token.exclude && <span className="text-high">not </span>}
        {token.label}
      </span>
      <button
        type="button"
        aria-label={`Remove ${token.exclude ? "not " : ""}${token.label}`}
        onClick={onRemove}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-control text-muted hover:text-text"
      >
        <X aria-hidden className="size-3" />
      </button>
    </span>
  );
}
