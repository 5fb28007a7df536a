// Turns numbers, sizes, durations, money and instants into the words on screen. Pure; one place for units.
// Invariant: a figure shown on two pages goes through the same function, so it reads the same.

const LOCALE = "en-GB";
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** Every digit: `1,204,331`. */
export function count(n: number): string {
  return whole.format(n);
}

/** Short where the exact figure stands beside it: `1.2M`. */
export function short(n: number): string {
  return n < 10_000 ? whole.format(n) : compact.format(n);
}

/** A count with its noun: `1 event`, `2 events`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** Events per second; one decimal below ten. */
export function rate(perSecond: number): string {
  return `${perSecond < 10 ? tenth.format(perSecond) : whole.format(perSecond)}/s`;
}

/** Binary sizes: `1.5 MiB`. */
export function bytes(n: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = n;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? whole.format(value) : tenth.format(value)} ${units[unit]}`;
}

/** Milliseconds as milliseconds or seconds: `812 ms`, `12.4 s`. */
export function millis(ms: number): string {
  return ms < 10_000 ? `${whole.format(ms)} ms` : `${tenth.format(ms / 1000)} s`;
}

/** Microseconds as microseconds or milliseconds: `6.4 µs`, `180 µs`, `2.4 ms`. */
export function micros(us: number): string {
  return us < 1_000 ? `${(us < 10 ? tenth : whole).format(us)} µs` : `${tenth.format(us / 1000)} ms`;
}

/** A span of whole seconds in its two largest units: `41 min`, `3 h 12 min`. */
export function span(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  const parts: [number, string][] = [
    [Math.floor(s / 86_400), "d"],
    [Math.floor(s / 3_600) % 24, "h"],
    [Math.floor(s / 60) % 60, "min"],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(" ");
}

/** The length of a range as people say it: `15 min`, `24 h`, `7 d`. */
export function length(seconds: number): string {
  const s = Math.round(seconds);
  if (s >= 172_800 && s % 86_400 === 0) return `${s / 86_400} d`;
  if (s % 3_600 === 0) return `${s / 3_600} h`;
  return span(s);
}

/** A share of 1 as a percentage with one decimal. */
export function percent(share: number): string {
  return `${tenth.format(share * 100)} %`;
}

/** Dollars from the API's decimal string, with as many digits as tell it from zero. */
export function usd(decimal: string): string {
  const value = Number(decimal);
  if (!Number.isFinite(value)) return decimal;
  if (value === 0) return "$0.00";
  const digits = Math.abs(value) >= 1 ? 2 : Math.min(9, 2 - Math.floor(Math.log10(Math.abs(value))));
  return `$${value.toLocaleString(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: digits })}`;
}

/** Money in any currency, from the API's decimal string: cents are enough for what is in no sum. */
export function money(decimal: string, currency: string): string {
  const value = Number(decimal);
  if (!Number.isFinite(value)) return `${decimal} ${currency}`;
  const digits = value !== 0 && Math.abs(value) < 1 ? 4 : 2;
  try {
    return value.toLocaleString(LOCALE, { style: "currency", currency, maximumFractionDigits: digits });
  } catch {
    return `${decimal} ${currency}`;
  }
}

/** Nothing, to the last digit. */
export function isZero(decimal: string): boolean {
  return Number(decimal) === 0;
}

/** A difference in dollars, with its sign: `+$4.20`, `−$1.00`. */
export function signedUsd(decimal: string): string {
  const value = Number(decimal);
  if (!Number.isFinite(value) || value === 0) return usd(decimal);
  return `${value > 0 ? "+" : "−"}${usd(decimal.replace(/^-/, ""))}`;
}

/** Dollars that are an estimate of ours: they wear `≈`. */
export function about(decimal: string): string {
  return `≈ ${usd(decimal)}`;
}

/** How a figure moved against the equal range before; null when there is nothing to compare with. */
export function delta(value: number, previous: number): string | null {
  if (previous === 0) return value === 0 ? "no change" : null;
  const change = (value - previous) / previous;
  if (Math.abs(change) < 0.0005) return "no change";
  const sign = change > 0 ? "+" : "−";
  const size = Math.abs(change);
  return size >= 10 ? `×${tenth.format(value / previous)}` : `${sign}${tenth.format(size * 100)} %`;
}

type Shape = "clock" | "millis" | "minute" | "day" | "full";

const shapes: Record<Shape, Intl.DateTimeFormatOptions> = {
  clock: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  millis: { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 },
  minute: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
  full: {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
};

const formatters = new Map<string, Intl.DateTimeFormat>();

/** An instant in a zone; unreadable instants are shown as they came. */
export function instant(iso: string | number, zone: string, shape: Shape): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return String(iso);
  const key = `${shape} ${zone}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(LOCALE, { ...shapes[shape], hourCycle: "h23", timeZone: zone });
    formatters.set(key, formatter);
  }
  return formatter.format(date);
}

/** Today in a zone, remembered: every row of a list asks for it, with the same `now`. */
let today = { now: Number.NaN, zone: "", day: "" };

function dayOf(now: number, zone: string): string {
  if (today.now !== now || today.zone !== zone) today = { now, zone, day: instant(now, zone, "day") };
  return today.day;
}

/** The whole UTC days of a half-open window: `30 Nov – 1 Dec (UTC)`, or the one day. */
export function utcDays(from: string, to: string): string {
  const first = instant(from, "UTC", "day");
  const last = instant(Date.parse(to) - 1, "UTC", "day");
  return `${first === last ? first : `${first} – ${last}`} (UTC)`;
}

/** The clock for something of today, day and minute for anything else. */
export function when(iso: string, zone: string, now: number): string {
  const isToday = dayOf(now, zone) === instant(iso, zone, "day");
  return isToday ? instant(iso, zone, "clock") : instant(iso, zone, "minute");
}

/** How long ago, or how soon: `just now`, `12 min ago`, `in 3 h`. */
export function relative(iso: string, now: number): string {
  const seconds = (now - new Date(iso).getTime()) / 1000;
  if (Math.abs(seconds) < 5) return "just now";
  const size = Math.abs(seconds);
  const rounded =
    size < 60
      ? size
      : size < 3_600
        ? size - (size % 60)
        : size < 86_400
          ? size - (size % 3_600)
          : size - (size % 86_400);
  return seconds > 0 ? `${span(rounded)} ago` : `in ${span(rounded)}`;
}

/** A zone's short name at an instant: `UTC`, `CET`. */
export function zoneName(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat(LOCALE, { timeZone: zone, timeZoneName: "short" }).formatToParts(at);
  return parts.find(part => part.type === "timeZoneName")?.value ?? zone;
}
