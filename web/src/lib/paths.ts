// Every address inside the console. Pages and links take theirs from here; nobody writes one by hand.
import { type EventFilters, eventSearch, rangeSpec } from "./event-query";
import { formatFilters, searchString } from "./filters";
import type { RangeQuery } from "./range";

function withRange(path: string) {
  return (range?: RangeQuery) => path + (range ? searchString(formatFilters(rangeSpec, range)) : "");
}

export const paths = {
  overview: withRange("/"),
  live: (filters: Partial<EventFilters> = {}) => `/live${eventSearch(filters)}`,
  events: (filters: Partial<EventFilters> = {}, range?: RangeQuery) =>
    `/events${eventSearch(filters, range)}`,
  event: (id: string) => `/events/${encodeURIComponent(id)}`,
  system: () => "/system",
  detectors: (id?: string) => (id ? `/detectors?id=${encodeURIComponent(id)}` : "/detectors"),
  team: () => "/team",
  access: () => "/access",
  audit: withRange("/audit"),
  settings: () => "/settings",
  login: (next?: string) => (next && next !== "/" ? `/login?next=${encodeURIComponent(next)}` : "/login"),
  register: () => "/register",
  setup: () => "/setup",
};

/** Where to go after signing in: an address of this console, never another site. */
export function safeNext(raw: string | null): string {
  return raw?.startsWith("/") && !raw.startsWith("//") && !raw.includes("\\") ? raw : "/";
}
