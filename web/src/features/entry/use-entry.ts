// Ends of every way in: the answer is who you are, and the console opens at the place that was asked for.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { failure } from "@/api/client";
import { meQuery } from "@/api/queries";
import type { Me } from "@/api/types";

export function useEntry<Form>(enter: (form: Form) => Promise<Me>, next: string) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const mutation = useMutation({
    mutationFn: enter,
    onSuccess: async me => {
      cache.clear();
      cache.setQueryData(meQuery.queryKey, me);
      await navigate(next, { replace: true });
    },
  });
  return {
    submit: mutation.mutate,
    busy: mutation.isPending,
    error: mutation.error === null ? null : failure(mutation.error),
  };
}
