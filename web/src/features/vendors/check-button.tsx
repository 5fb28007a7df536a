// Asks the vendor again what a credential may do.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client, failure, unwrap } from "@/api/client";
import { useRefusal } from "@/api/me";
import { keys } from "@/api/queries";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/toast";

export function useCheck() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(client.POST("/api/keys/{id}/validate", { params: { path: { id } } })),
    onSuccess: key => {
      const works = key.check?.abilities.filter(one => one.standing === "has").length ?? 0;
      const said = key.check?.failed
        ? `could not be checked: ${key.check.failed}`
        : key.status === "invalid"
          ? "is refused by the vendor."
          : `works for ${works} of ${key.check?.abilities.length ?? 0} abilities.`;
      notify(`${key.label} ${said}`);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.credentials }),
  });
}

export function CheckButton({ id, name, small = false }: { id: string; name: string; small?: boolean }) {
  const refused = useRefusal("analyst");
  const check = useCheck();
  return (
    <span className="inline-flex items-center gap-2">
      {check.isError && <span className="text-dense text-critical">{failure(check.error).message}</span>}
      <Button
        small={small}
        refused={refused}
        busy={check.isPending}
        aria-label={`Check ${name}`}
        onClick={() => check.mutate(id)}
      >
        Check
      </Button>
    </span>
  );
}
