// A keyset-paged list as one growing array. Goes on by itself past short pages, a bounded number of times.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { continuation } from "@/lib/continuation";
import { type ListSource, PAGE } from "./queries";

interface ListPage {
  items: unknown[];
  next_cursor: string | null;
}

export interface List<P extends ListPage = ListPage> {
  rows: P["items"];
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

const start: string | null = null;

export function useList<P extends ListPage>(source: ListSource<P>): List<P> {
  const query = useInfiniteQuery({
    queryKey: source.queryKey,
    queryFn: ({ pageParam, signal }) => source.page(pageParam, signal),
    initialPageParam: start,
    getNextPageParam: page => page.next_cursor,
    staleTime: source.staleTime ?? 0,
    refetchInterval: query => source.refetchInterval?.(query.state.data?.pages[0]) ?? false,
  });
  const { data, fetchNextPage, isFetchingNextPage, isError, refetch } = query;
  const pages = data?.pages;
  const id = JSON.stringify(source.queryKey);
  const [asked, setAsked] = useState({ id, pages: 0 });
  const next = continuation(pages ?? [], PAGE, asked.id === id ? asked.pages : 0);
  const goOn = pages !== undefined && next === "now" && !isFetchingNextPage && !isError;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);
  const rows: P["items"] = useMemo(() => pages?.flatMap(page => page.items) ?? [], [pages]);
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
): List["state"] {
  if (query.isError) return "failed";
  if (query.data === undefined) return "loading";
  if (next === "end") return "complete";
  if (next === "ask") return "asking";
  return next === "now" || query.isFetchingNextPage ? "looking" : "more";
}
