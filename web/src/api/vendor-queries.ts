// Reads of the vendors' part of the API: the catalogue, credentials, the vault.
import { queryOptions } from "@tanstack/react-query";
import { client, unwrap } from "./client";
import { keys } from "./queries";
import type { Vault } from "./types";

export const vendorsQuery = queryOptions({
  queryKey: keys.vendors,
  queryFn: ({ signal }) => unwrap(client.GET("/api/vendors", { signal })),
  staleTime: 60_000,
});

export const vendorQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.vendors, "one", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/vendors/{id}", { params: { path: { id } }, signal })),
    staleTime: 60_000,
  });

/** All credentials, or those of one vendor. */
export const credentialsQuery = (vendor?: string) =>
  queryOptions({
    queryKey: [...keys.credentials, { vendor: vendor ?? null }],
    queryFn: ({ signal }) => {
      const query = vendor === undefined ? { limit: 500 } : { vendor, limit: 500 };
      return unwrap(client.GET("/api/keys", { params: { query }, signal }));
    },
  });

export const credentialQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.credentials, id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/keys/{id}", { params: { path: { id } }, signal })),
  });

/** While a rotation is under way its progress is asked for every second. */
export const vaultQuery = queryOptions({
  queryKey: keys.vault,
  queryFn: ({ signal }): Promise<Vault> => unwrap(client.GET("/api/vault", { signal })),
  refetchInterval: query => (query.state.data?.rotation ? 1_000 : 30_000),
});

export const vendorCoverageQuery = queryOptions({
  queryKey: [...keys.vendors, "coverage"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/vendors/coverage", { signal })),
  refetchInterval: 60_000,
});

export const breakersQuery = queryOptions({
  queryKey: ["breakers"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/system/breakers", { signal })),
  refetchInterval: 10_000,
});

export const inventoryQuery = (id: string, kind: "models" | "keys" | "members") =>
  queryOptions({
    queryKey: [...keys.vendors, "one", id, "inventory", kind],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/vendors/{id}/inventory", {
          params: { path: { id }, query: { kind, limit: 500 } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
