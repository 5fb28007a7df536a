// Ties declared filters to the address bar. Choosing pushes a history entry, so that Back undoes one choice;
// typing replaces it.
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { rangeSpec } from "./event-query";
import { formatFilters, parseFilters, type Spec, searchString, type Values } from "./filters";
import { type RangeQuery, rangeQuery } from "./range";

export type SetFilters<S extends Spec> = (patch: Partial<Values<S>>, how?: { typing?: boolean }) => void;

/** Returns the page's filters, how to change them, and the parameters that meant nothing. */
export function useFilters<S extends Spec>(spec: S): [Values<S>, SetFilters<S>, string[]] {
  const [search, setSearch] = useSearchParams();
  const { values, ignored } = useMemo(() => parseFilters(spec, search), [spec, search]);
  const set: SetFilters<S> = useCallback(
    (patch, how) =>
      setSearch(
        current => {
          const before = parseFilters(spec, current).values;
          return new URLSearchParams(searchString(formatFilters(spec, { ...before, ...patch })));
        },
        { replace: how?.typing === true, preventScrollReset: true },
      ),
    [spec, setSearch],
  );
  return [values, set, ignored];
}

/** The range in the URL, and how to choose another; every other parameter stays. */
export function useRange(): [RangeQuery, (next: RangeQuery) => void] {
  const [search, setSearch] = useSearchParams();
  const query = useMemo(() => rangeQuery(parseFilters(rangeSpec, search).values), [search]);
  const set = useCallback(
    (next: RangeQuery) =>
      setSearch(
        current => {
          const kept = new URLSearchParams(current);
          for (const key of Object.keys(rangeSpec)) kept.delete(key);
          for (const [key, value] of formatFilters(rangeSpec, next)) kept.set(key, value);
          return kept;
        },
        { preventScrollReset: true },
      ),
    [setSearch],
  );
  return [query, set];
}
