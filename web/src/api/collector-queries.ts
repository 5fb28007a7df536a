// Reads of the collector: runs, schedules, and which days of which feed are whole.
import { queryOptions } from "@tanstack/react-query";
import { client, unwrap } from "./client";
import { keys, type ListSource, PAGE } from "./queries";
import type { Run, RunList, RunState } from "./types";

export const DAYS = 30;
const RUNNING_MS = 1_500;
const IDLE_MS = 15_000;

const isUnderWay = (run: Run | undefined) => run?.state === "running";

export interface RunFilters {
  key?: string;
  vendor?: string;
  state?: RunState;
}

/** The runs; asked often while one of the latest is under way. */
export const runsList = (filters: RunFilters): ListSource<RunList> => ({
  queryKey: [...keys.collector, "runs", filters],
  page: (cursor, signal) => {
    const query = { ...filters, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
    return unwrap(client.GET("/api/collector/runs", { params: { query }, signal }));
  },
  refetchInterval: first => (first?.items.some(isUnderWay) ? RUNNING_MS : IDLE_MS),
});

/** The latest runs; asked often while one of them is under way. */
export const latestRunsQuery = (filters: RunFilters, limit: number) =>
  queryOptions({
    queryKey: [...keys.collector, "latest", filters, limit],
    queryFn: ({ signal }) =>
      unwrap(client.GET("/api/collector/runs", { params: { query: { ...filters, limit } }, signal })),
    refetchInterval: query => (query.state.data?.items.some(isUnderWay) ? RUNNING_MS : IDLE_MS),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.collector, "run", id],
    queryFn: ({ signal }) =>
      unwrap(client.GET("/api/collector/runs/{id}", { params: { path: { id } }, signal })),
    refetchInterval: query => (isUnderWay(query.state.data) ? RUNNING_MS : false),
  });

export const schedulesQuery = queryOptions({
  queryKey: [...keys.collector, "schedules"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/collector/schedules", { signal })),
  refetchInterval: IDLE_MS,
});

/** The last days of each feed, of all credentials or one vendor's. */
export const coverageQuery = (vendor?: string) =>
  queryOptions({
    queryKey: [...keys.collector, "coverage", vendor ?? null],
    queryFn: ({ signal }) => {
      const query = vendor === undefined ? { days: DAYS } : { days: DAYS, vendor };
      return unwrap(client.GET("/api/collector/coverage", { params: { query }, signal }));
    },
    refetchInterval: IDLE_MS,
  });
