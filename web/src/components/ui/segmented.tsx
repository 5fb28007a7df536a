// A few exclusive choices in a row: one stop of the Tab key, arrows choose.
import { type KeyboardEvent, useId } from "react";
import { cx } from "@/lib/cx";

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  /** Fill the width, in equal parts. */
  wide?: boolean;
  /** The id of what explains the choice. */
  describedBy?: string;
}

/** Where a key leads from `at` among `count` choices; they go round. */
function step(key: string, at: number, count: number): number | null {
  if (key === "ArrowRight" || key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowLeft" || key === "ArrowUp") return (at + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  wide = false,
  describedBy,
}: SegmentedProps<T>) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const next = step(event.key, at, options.length);
    const chosen = next === null ? undefined : options[next];
    if (!chosen) return;
    event.preventDefault();
    onChange(chosen.value);
    document.getElementById(`${id}-${chosen.value}`)?.focus();
  };
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-describedby={describedBy}
      className={cx(
        "rounded-control border border-edge bg-panel p-px",
        wide ? "flex w-full" : "inline-flex max-w-full flex-wrap",
      )}
    >
      {options.map((option, at) => (
        <button
          key={option.value}
          id={`${id}-${option.value}`}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
          onKeyDown={event => onKeyDown(event, at)}
          className={cx(
            "h-6 rounded-[3px] text-dense font-semibold whitespace-nowrap transition-colors",
            wide ? "min-w-0 flex-auto px-1 sm:px-2" : "px-2",
            option.value === value ? "bg-accent/15 text-accent" : "text-muted hover:text-text",
          )}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
