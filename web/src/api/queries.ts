// Every read of the API with its cache key and how long it stays fresh. Pages use these through TanStack Query.
// Invariant: two components that ask the same thing share one request and one answer.
import { queryOptions } from "@tanstack/react-query";
import { type EventFilters, eventParams } from "@/lib/event-query";
import type { RangeQuery } from "@/lib/range";
import { client, unwrap } from "./client";
import type { AuditList, EventList, Ready } from "./types";

export const PAGE = 100;

/** Keys by which mutations say what they have made stale. */
export const keys = {
  me: ["me"],
  authState: ["auth-state"],
  sessions: ["sessions"],
  team: ["team"],
  invites: ["invites"],
  tokens: ["tokens"],
  detectors: ["detectors"],
  vendors: ["vendors"],
  credentials: ["credentials"],
  vault: ["vault"],
  collector: ["collector"],
} satisfies Record<string, string[]>;

export const authStateQuery = queryOptions({
  queryKey: keys.authState,
  queryFn: ({ signal }) => unwrap(client.GET("/api/auth/state", { signal })),
  staleTime: 60_000,
});

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => unwrap(client.GET("/api/auth/me", { signal })),
  staleTime: 30_000,
});

export const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: ({ signal }) => unwrap(client.GET("/api/auth/sessions", { signal })),
});

export const pipelineQuery = queryOptions({
  queryKey: ["pipeline"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/pipeline/status", { signal })),
  refetchInterval: 5_000,
});

export const readyQuery = queryOptions({
  queryKey: ["ready"],
  queryFn: async ({ signal }): Promise<Ready> => {
    // 503 is an answer too: it carries the checks that fail.
    const { data, error, response } = await client.GET("/api/ready", { signal });
    if (data) return data;
    if (response.status === 503 && error && "checks" in error) return error;
    return unwrap(Promise.resolve({ error, response }));
  },
  refetchInterval: 10_000,
});

export const versionsQuery = queryOptions({
  queryKey: ["versions"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/system/versions", { signal })),
  refetchInterval: 30_000,
});

export const detectorsQuery = queryOptions({
  queryKey: keys.detectors,
  queryFn: ({ signal }) => unwrap(client.GET("/api/compliance/detectors", { signal })),
  staleTime: 30_000,
});

export const overviewQuery = (range: RangeQuery) =>
  queryOptions({
    queryKey: ["overview", range],
    queryFn: ({ signal }) =>
      unwrap(client.GET("/api/dashboard/overview", { params: { query: { ...range } }, signal })),
    refetchInterval: 30_000,
  });

export const eventQuery = (id: string) =>
  queryOptions({
    queryKey: ["event", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/events/{id}", { params: { path: { id } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const facetsQuery = (filters: EventFilters, range: RangeQuery) =>
  queryOptions({
    queryKey: ["facets", range, eventParams(filters)],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/events/facets", {
          params: { query: { ...range, ...eventParams(filters) } },
          signal,
        }),
      ),
    staleTime: 15_000,
  });

export const histogramQuery = (filters: EventFilters, range: RangeQuery) =>
  queryOptions({
    queryKey: ["histogram", range, eventParams(filters)],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/events/histogram", {
          params: { query: { ...range, ...eventParams(filters) } },
          signal,
        }),
      ),
    staleTime: 15_000,
  });

/** A keyset-paged list: what `useList` needs to read it page by page. */
export interface ListSource<P> {
  queryKey: readonly unknown[];
  page: (cursor: string | null, signal: AbortSignal) => Promise<P>;
  staleTime?: number;
  /** Asked again this often, where rows change by themselves. */
  refetchInterval?: (first: P | undefined) => number;
}

const cursorOf = (cursor: string | null) => (cursor === null ? {} : { cursor });

export const eventsList = (filters: EventFilters, range: RangeQuery): ListSource<EventList> => ({
  queryKey: ["events", range, eventParams(filters)],
  page: (cursor, signal) => {
    const query = { ...range, ...eventParams(filters), limit: PAGE, ...cursorOf(cursor) };
    return unwrap(
      client.GET("/api/events", {
        params: { query: cursor === null ? { ...query, count: true } : query },
        signal,
      }),
    );
  },
  // Rows must not move under the reader: newer ones are offered, not pushed.
  staleTime: Number.POSITIVE_INFINITY,
});

export const auditList = (
  range: RangeQuery,
  filters: { actor?: string; action?: string },
): ListSource<AuditList> => ({
  queryKey: ["audit", range, filters],
  page: (cursor, signal) =>
    unwrap(
      client.GET("/api/audit", {
        params: { query: { ...range, ...filters, limit: PAGE, ...cursorOf(cursor) } },
        signal,
      }),
    ),
});

export const verifyQuery = queryOptions({
  queryKey: ["audit-verify"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/audit/verify", { signal })),
  gcTime: 0,
});

export const teamQuery = queryOptions({
  queryKey: keys.team,
  queryFn: ({ signal }) => unwrap(client.GET("/api/team", { params: { query: { limit: 500 } }, signal })),
});

export const invitesQuery = queryOptions({
  queryKey: keys.invites,
  queryFn: ({ signal }) =>
    unwrap(client.GET("/api/team/invites", { params: { query: { limit: 500 } }, signal })),
});

export const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: ({ signal }) => unwrap(client.GET("/api/tokens", { params: { query: { limit: 500 } }, signal })),
});
