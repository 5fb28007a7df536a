// Counts events that came after the newest one on screen, so that a list can offer them without moving.
import { useQuery } from "@tanstack/react-query";
import { type EventFilters, eventParams } from "@/lib/event-query";
import type { RangeQuery } from "@/lib/range";
import { client, unwrap } from "./client";

const MOST = 100;
const EVERY_MS = 10_000;

/** `12`, `100+`, or null for none; only where the range reaches up to now. */
export function useNewer(
  filters: EventFilters,
  range: RangeQuery,
  newest: string | undefined,
): string | null {
  const open = "range" in range;
  const newer = useQuery({
    queryKey: ["newer", eventParams(filters), newest],
    queryFn: ({ signal }) => {
      const to = new Date(Date.now() + 60_000).toISOString();
      const query = { ...eventParams(filters), from: newest ?? "", to, limit: MOST };
      return unwrap(client.GET("/api/events", { params: { query }, signal }));
    },
    enabled: open && newest !== undefined,
    refetchInterval: EVERY_MS,
    initialData: undefined,
    staleTime: EVERY_MS,
  });
  // A window is widened to whole buckets: it holds what is listed already, too.
  const n = newer.data?.items.filter(event => newest !== undefined && event.occurred_at > newest).length ?? 0;
  if (n === 0) return null;
  return n >= MOST || newer.data?.next_cursor ? `${n}+` : String(n);
}
