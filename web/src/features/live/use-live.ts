// Ties a live feed to a page: one feed per filter, ended with the page.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { client, unwrap } from "@/api/client";
import { type EventFilters, eventParams, liveFilter } from "@/lib/event-query";
import type { RangeQuery } from "@/lib/range";
import { LiveFeed, type LiveSnapshot } from "./feed";

/** Rows shown before the first live one comes. */
const HISTORY = 50;
const RECENT = { range: "1h" } satisfies RangeQuery;

export interface Live extends LiveSnapshot {
  setPaused: (paused: boolean) => void;
  clear: () => void;
}

export function useLive(filters: EventFilters): Live {
  const params = eventParams(filters);
  const key = JSON.stringify(params);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filters are compared by what they ask for
  const feed = useMemo(
    () =>
      new LiveFeed(liveFilter(filters), async signal => {
        const query = { ...params, ...RECENT, limit: HISTORY };
        return (await unwrap(client.GET("/api/events", { params: { query }, signal }))).items;
      }),
    [key],
  );
  useEffect(() => feed.start(), [feed]);
  const snapshot = useSyncExternalStore(feed.subscribe, feed.current);
  return { ...snapshot, setPaused: paused => feed.setPaused(paused), clear: () => feed.clear() };
}
