// Asks for readings and stops them; says what became of it, and makes what is on screen fresh.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client, failure, unwrap } from "@/api/client";
import { keys } from "@/api/queries";
import type { Ability, Run } from "@/api/types";
import { notify } from "@/components/ui/toast";

export interface Wanted {
  key: string;
  /** All that are due without them. */
  feeds?: Ability[] | null;
  from?: string | null;
  to?: string | null;
}

export function useSync() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ key, feeds = null, from = null, to = null }: Wanted): Promise<Run> => {
      const body = { feeds, from, to };
      const path = { key_id: key };
      const asked = await unwrap(client.POST("/api/collector/sync/{key_id}", { params: { path }, body }));
      return asked.run;
    },
    onSuccess: run => notify(`Reading with ${run.key.label} has begun.`),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.collector }),
  });
}

export function useCancel() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(client.POST("/api/collector/runs/{id}/cancel", { params: { path: { id } } })),
    onSuccess: () => notify("It stops. What was read is kept, and the next run goes on from there."),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.collector }),
  });
}

/** The words of a refused sync; null where none was. */
export const refusalOf = (error: Error | null) => (error ? failure(error).message : null);
