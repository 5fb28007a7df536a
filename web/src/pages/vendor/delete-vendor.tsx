// Takes a vendor of one's own out of the catalogue.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { client, done } from "@/api/client";
import { useRefusal } from "@/api/me";
import { keys as cacheKeys } from "@/api/queries";
import type { Vendor } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { notify } from "@/components/ui/toast";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";

export function DeleteVendor({ vendor, keys }: { vendor: Vendor; keys: number }) {
  const [asking, setAsking] = useState(false);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const role = useRefusal("analyst");
  const refused = role ?? (keys > 0 ? `It has ${plural(keys, "credential")}; delete these first.` : null);
  const remove = useMutation({
    mutationFn: () => done(client.DELETE("/api/vendors/{id}", { params: { path: { id: vendor.id } } })),
    onSuccess: async () => {
      notify(`${vendor.name} is out of the catalogue.`);
      await navigate(paths.vendors());
      await cache.invalidateQueries({ queryKey: cacheKeys.vendors });
    },
  });
  return (
    <>
      <Button look="danger" refused={refused} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <Confirm
        open={asking}
        onClose={() => {
          setAsking(false);
          remove.reset();
        }}
        title={`Delete ${vendor.name}?`}
        act="Delete"
        typed={vendor.name}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        It can no longer be connected. What was collected from it stays, under its name.
      </Confirm>
    </>
  );
}
