// Every address inside the console. Pages and links take theirs from here; nobody writes one by hand.
import { type EventFilters, eventSearch, rangeSpec } from "./event-query";
import { formatFilters, searchString } from "./filters";
import type { RangeQuery } from "./range";

/** Tabs of a vendor's page. */
export const VENDOR_TABS = ["overview", "credentials", "collection", "models"] as const;
export type VendorTab = (typeof VENDOR_TABS)[number];

function withRange(path: string) {
  return (range?: RangeQuery) => path + (range ? searchString(formatFilters(rangeSpec, range)) : "");
}

function withParam(path: string, key: string, value: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}${key}=${encodeURIComponent(value)}`;
}

export const paths = {
  overview: withRange("/"),
  live: (filters: Partial<EventFilters> = {}) => `/live${eventSearch(filters)}`,
  liveEvent: (id: string, filters: Partial<EventFilters>) =>
    withParam(`/live${eventSearch(filters)}`, "event", id),
  events: (filters: Partial<EventFilters> = {}, range?: RangeQuery) =>
    `/events${eventSearch(filters, range)}`,
  event: (id: string) => `/events/${encodeURIComponent(id)}`,
  /** A list with this event open beside it. */
  eventIn: (id: string, filters: Partial<EventFilters> = {}, range?: RangeQuery) =>
    withParam(paths.events(filters, range), "event", id),
  system: () => "/system",
  detectors: (id?: string) => (id ? `/detectors?id=${encodeURIComponent(id)}` : "/detectors"),
  vendors: () => "/vendors",
  vendor: (id: string, tab?: VendorTab) =>
    `/vendors/${encodeURIComponent(id)}${tab && tab !== "overview" ? `?tab=${tab}` : ""}`,
  connect: (at: { vendor?: string; kind?: string } = {}) =>
    `/connect${searchString(new URLSearchParams({ ...at }))}`,
  keys: (at: { key?: string; vendor?: string; q?: string } = {}) =>
    `/keys${searchString(new URLSearchParams({ ...at }))}`,
  vault: () => "/vault",
  collectors: (at: { run?: string; key?: string; vendor?: string } = {}) =>
    `/collectors${searchString(new URLSearchParams({ ...at }))}`,
  spend: withRange("/cost"),
  reconciliation: withRange("/cost/reconciliation"),
  analytics: withRange("/analytics"),
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
