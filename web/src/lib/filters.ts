// The URL is the state: a page declares its filters once, and this turns them into search parameters and back.
// Pure. Invariant: parse(format(v)) === v, and a filter at its initial value leaves no trace in the URL.

/** One parameter: how it is read, written, and what it is when absent. */
export interface Codec<T> {
  readonly initial: T;
  /** Returns undefined when `raw` means nothing here. */
  parse(raw: string): T | undefined;
  /** Returns null when the parameter is to be left out. */
  format(value: T): string | null;
}

export type Spec = Readonly<Record<string, Codec<unknown>>>;
export type Values<S extends Spec> = { [K in keyof S]: S[K] extends Codec<infer T> ? T : never };

export interface Parsed<S extends Spec> {
  values: Values<S>;
  /** Parameters that are unknown to the page or could not be read. */
  ignored: string[];
}

/** Declares a page's filters; the identity, but it fixes the types. */
export function defineFilters<S extends Spec>(spec: S): S {
  return spec;
}

/** One word of a closed list. */
export function oneOf<const T extends string>(allowed: readonly T[], initial: NoInfer<T>): Codec<T> {
  return {
    initial,
    parse: raw => allowed.find(word => word === raw),
    format: value => (value === initial ? null : value),
  };
}

/** Free text; empty is absent. */
export function text(): Codec<string | null> {
  return {
    initial: null,
    parse: raw => (raw === "" ? undefined : raw),
    format: value => (value === "" ? null : value),
  };
}

const NOTHING: string[] = [];

/** A comma list of values; a leading `-` excludes: `openai,-mistral`. Given an `allowed` list, others are refused. */
export function terms(allowed?: readonly string[]): Codec<string[]> {
  return {
    initial: NOTHING,
    parse(raw) {
      const all = [...new Set(raw.split(",").map(term => term.trim()))].filter(
        term => term !== "" && term !== "-",
      );
      const known = allowed ? all.filter(term => allowed.includes(bare(term))) : all;
      return known.length > 0 ? known : undefined;
    },
    format: value => (value.length > 0 ? value.join(",") : null),
  };
}

/** A number of at least zero, kept as written so that money stays decimal. */
export function amount(): Codec<string | null> {
  return {
    initial: null,
    parse: raw => (/^\d{1,12}(\.\d{1,9})?$/.test(raw) ? raw : undefined),
    format: value => value,
  };
}

/** An instant, in the API's form. */
export function instantParam(): Codec<string | null> {
  return {
    initial: null,
    parse(raw) {
      const at = Date.parse(raw);
      return Number.isNaN(at) ? undefined : new Date(at).toISOString();
    },
    format: value => value,
  };
}

/** The value of a term without its excluding `-`. */
export function bare(term: string): string {
  return term.startsWith("-") ? term.slice(1) : term;
}

/** Adds `value` to terms as wanted or unwanted, replacing the opposite; removes it when it is there already. */
export function toggleTerm(current: string[], value: string, exclude = false): string[] {
  const term = exclude ? `-${value}` : value;
  const others = current.filter(t => bare(t) !== value);
  return current.includes(term) ? others : [...others, term];
}

/** Reads a page's filters out of the URL. */
export function parseFilters<S extends Spec>(spec: S, search: URLSearchParams): Parsed<S> {
  const ignored = [...new Set(search.keys())].filter(key => !Object.hasOwn(spec, key));
  const entries: unknown[][] = Object.entries(spec).map(([key, codec]) => {
    const raw = search.get(key);
    if (raw === null) return [key, codec.initial];
    const value = codec.parse(raw);
    if (value === undefined) ignored.push(key);
    return [key, value ?? codec.initial];
  });
  return { values: Object.fromEntries(entries), ignored };
}

/** Writes filters as search parameters, in the order of the spec, leaving out what is at its initial value. */
export function formatFilters<S extends Spec>(spec: S, values: Partial<Values<S>>): URLSearchParams {
  const search = new URLSearchParams();
  for (const [key, codec] of Object.entries(spec)) {
    const value: unknown = values[key];
    const raw = value === undefined ? null : codec.format(value);
    if (raw !== null) search.set(key, raw);
  }
  return search;
}

/** Search parameters as `?…` or nothing; commas stay readable. */
export function searchString(search: URLSearchParams): string {
  const raw = search.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return raw === "" ? "" : `?${raw}`;
}
