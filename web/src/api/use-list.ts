// A keyset-paged list as one growing array. Goes on by itself past short pages, a bounded number of times.
import {
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryOptions,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { continuation } from "@/lib/continuation";
import { PAGE } from "./queries";

interface ListPage<T> {
  items: T[];
  next_cursor: string | null;
}

export interface List<T, P extends ListPage<T> = ListPage<T>> {
  rows: T[];
  first: P | undefined;
  /** `looking`: asking past short pages; `asking`: stopped after many, waits for `keepLooking`. */
  state: "loading" | "failed" | "looking" | "asking" | "more" | "complete";
  error: Error | null;
  /** When the first page came. */
  asOf: number;
  more: () => void;
  keepLooking: () => void;
  retry: () => void;
}

export function useList<T, P extends ListPage<T>, K extends QueryKey>(
  options: UseInfiniteQueryOptions<P, Error, InfiniteData<P, string | null>, K, string | null>,
): List<T, P> {
  const query = useInfiniteQuery(options);
  const { data, fetchNextPage, isFetchingNextPage, isError, refetch } = query;
  const pages = data?.pages;
  const id = JSON.stringify(options.queryKey);
  const [asked, setAsked] = useState({ id, pages: 0 });
  const next = continuation(pages ?? [], PAGE, asked.id === id ? asked.pages : 0);
  const goOn = pages !== undefined && next === "now" && !isFetchingNextPage && !isError;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);
  const rows = useMemo(() => pages?.flatMap(page => page.items) ?? [], [pages]);
  const more = useCallback(() => {
    if (next === "on-demand" && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [next, isFetchingNextPage, isError, fetchNextPage]);
  const state = stateOf(query, next);
  return {
    rows,
    first: pages?.[0],
    state,
    error: query.error,
    asOf: query.dataUpdatedAt,
    more,
    keepLooking: () => setAsked({ id, pages: pages?.length ?? 0 }),
    retry: () => void (pages === undefined ? refetch() : fetchNextPage()),
  };
}

function stateOf(
  query: { isError: boolean; data: unknown; isFetchingNextPage: boolean },
  next: ReturnType<typeof continuation>,
): List<unknown>["state"] {
  if (query.isError) return "failed";
  if (query.data === undefined) return "loading";
  if (next === "end") return "complete";
  if (next === "ask") return "asking";
  return next === "now" || query.isFetchingNextPage ? "looking" : "more";
}
