// Which events a list wants: the filters that /events, its facets, its histogram, its export and the live
// stream share, as the URL holds them. The words are the API's.
import {
  amount,
  bare,
  defineFilters,
  formatFilters,
  instantParam,
  oneOf,
  parseFilters,
  searchString,
  terms,
  type Values,
} from "./filters";
import { DEFAULT_RANGE, RANGES, type RangeQuery } from "./range";

export const SEVERITIES = ["critical", "high", "medium", "low", "info"] satisfies string[];
export const ACTIONS = [
  "allow",
  "flag",
  "redact",
  "pseudonymise",
  "block",
  "route",
  "justify",
] satisfies string[];
const STATUSES = ["ok", "error", "truncated", "blocked"];
const SOURCES = ["app", "gateway", "collector", "otlp"];

export const rangeSpec = {
  range: oneOf(RANGES, DEFAULT_RANGE),
  from: instantParam(),
  to: instantParam(),
};

/** Fields that hold terms, in the order the facet rail shows them. */
export const termSpec = {
  severity: terms([...SEVERITIES, "none"]),
  action: terms(ACTIONS),
  detector: terms(),
  vendor: terms(),
  model: terms(),
  team: terms(),
  app: terms(),
  user: terms(),
  source: terms(SOURCES),
  status: terms(STATUSES),
  conversation_id: terms(),
  fingerprint: terms(),
};

export const eventSpec = defineFilters({ ...termSpec, min_cost: amount(), min_latency_ms: amount() });
export const rangedEventSpec = defineFilters({ ...rangeSpec, ...eventSpec });

export type TermField = keyof typeof termSpec;
export type EventFilters = Values<typeof eventSpec>;

/** What people call the fields. */
export const FIELD_WORDS: Record<TermField, string> = {
  severity: "Severity",
  action: "Action",
  detector: "Detector",
  vendor: "Vendor",
  model: "Model",
  team: "Team",
  app: "App",
  user: "Person",
  source: "Source",
  status: "Status",
  conversation_id: "Conversation",
  fingerprint: "Fingerprint",
};

export const TERM_FIELDS: readonly TermField[] = [
  "severity",
  "action",
  "detector",
  "vendor",
  "model",
  "team",
  "app",
  "user",
  "source",
  "status",
  "conversation_id",
  "fingerprint",
];

/** The filters as query parameters of the API, absent ones left out. */
export function eventParams(filters: Partial<EventFilters>): Record<string, string> {
  return Object.fromEntries(formatFilters(eventSpec, filters));
}

/** True when nothing is filtered. */
export function isUnfiltered(filters: EventFilters): boolean {
  return Object.keys(eventParams(filters)).length === 0;
}

/** A link's search part: filters and, where given, the range. */
export function eventSearch(filters: Partial<EventFilters>, range?: RangeQuery): string {
  return searchString(formatFilters(rangedEventSpec, { ...range, ...filters }));
}

/** One active filter, as the filter bar shows it. */
export interface Token {
  field: TermField | "min_cost" | "min_latency_ms";
  term: string;
  label: string;
  exclude: boolean;
}

/** The active filters, one token per value. */
export function tokens(filters: EventFilters): Token[] {
  const all: Token[] = TERM_FIELDS.flatMap(field =>
    filters[field].map(term => ({
      field,
      term,
      exclude: term.startsWith("-"),
      label: `${FIELD_WORDS[field].toLowerCase()}: ${bare(term)}`,
    })),
  );
  if (filters.min_cost !== null) {
    all.push({
      field: "min_cost",
      term: filters.min_cost,
      exclude: false,
      label: `cost ≥ $${filters.min_cost}`,
    });
  }
  if (filters.min_latency_ms !== null) {
    all.push({
      field: "min_latency_ms",
      term: filters.min_latency_ms,
      exclude: false,
      label: `latency ≥ ${filters.min_latency_ms} ms`,
    });
  }
  return all;
}

/** Every filter at its initial value: what "Clear all" sets. */
export const bareFilters: EventFilters = parseFilters(eventSpec, new URLSearchParams()).values;

/** The change that removes one token. */
export function without(filters: EventFilters, token: Token): Partial<EventFilters> {
  if (token.field === "min_cost") return { min_cost: null };
  if (token.field === "min_latency_ms") return { min_latency_ms: null };
  return { [token.field]: filters[token.field].filter(term => term !== token.term) };
}

const ALIASES: Record<string, TermField> = { person: "user", conversation: "conversation_id" };

function fieldOf(word: string): TermField | null {
  return TERM_FIELDS.find(field => field === word) ?? ALIASES[word] ?? null;
}

/** What typing `vendor:openai,-mistral`, `-team:claims`, `cost:>0.5` or `latency:>1000` adds; null when it means nothing. */
export function parseTyped(typed: string, filters: EventFilters): Partial<EventFilters> | null {
  const match = /^(-?)([a-z_]+):(>?=?)"?([^"]+)"?$/i.exec(typed.trim());
  if (!match) return null;
  const [, minus = "", rawField = "", , value = ""] = match;
  const name = rawField.toLowerCase();
  if (name === "cost" || name === "min_cost") return one("min_cost", eventSpec.min_cost.parse(value));
  if (name === "latency" || name === "min_latency_ms") {
    return one("min_latency_ms", /^\d+$/.test(value) ? eventSpec.min_latency_ms.parse(value) : undefined);
  }
  const field = fieldOf(name);
  if (field === null) return null;
  const parsed = termSpec[field].parse(value);
  if (!parsed) return null;
  const signed = minus === "" ? parsed : parsed.map(term => `-${bare(term)}`);
  const kept = filters[field].filter(term => !signed.some(s => bare(s) === bare(term)));
  return { [field]: [...kept, ...signed] };
}

function one(
  field: "min_cost" | "min_latency_ms",
  value: string | null | undefined,
): Partial<EventFilters> | null {
  return value ? { [field]: value } : null;
}

/** The filters as the live stream's `subscribe` wants them. */
export function liveFilter(filters: EventFilters): Record<string, string[] | string> {
  const wanted: Record<string, string[] | string> = {};
  for (const field of TERM_FIELDS) if (filters[field].length > 0) wanted[field] = filters[field];
  if (filters.min_cost !== null) wanted.min_cost = filters.min_cost;
  if (filters.min_latency_ms !== null) wanted.min_latency_ms = filters.min_latency_ms;
  return wanted;
}
