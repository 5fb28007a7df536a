// Reads of money: what was spent, where the month will end, how bills agree with what was seen, how vendors do.
import { queryOptions } from "@tanstack/react-query";
import type { RangeQuery } from "@/lib/range";
import { client, unwrap } from "./client";
import type { AnalyticsGroup, Cause, ReconciliationGroup, SpendBy } from "./types";

const FRESH_MS = 30_000;

export const spendQuery = (range: RangeQuery, by: SpendBy) =>
  queryOptions({
    queryKey: ["spend", range, by],
    queryFn: ({ signal }) =>
      unwrap(client.GET("/api/costs/summary", { params: { query: { ...range, by, limit: 200 } }, signal })),
    staleTime: FRESH_MS,
  });

export const outlookQuery = queryOptions({
  queryKey: ["outlook"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/costs/forecast", { signal })),
  staleTime: 60_000,
});

export interface ReconciliationAsked {
  group: ReconciliationGroup;
  vendor?: string;
  cause?: Cause;
}

export const reconciliationQuery = (range: RangeQuery, asked: ReconciliationAsked) =>
  queryOptions({
    queryKey: ["reconciliation", range, asked],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/usage/reconciliation", {
          params: { query: { ...range, ...asked, limit: 500 } },
          signal,
        }),
      ),
    staleTime: FRESH_MS,
  });

export const analyticsQuery = (range: RangeQuery, group: AnalyticsGroup) =>
  queryOptions({
    queryKey: ["analytics", range, group],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/vendors/analytics", { params: { query: { ...range, group, limit: 50 } }, signal }),
      ),
    staleTime: FRESH_MS,
  });
