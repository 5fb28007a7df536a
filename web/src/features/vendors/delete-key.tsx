// Destroys a credential's secrets, after saying what ends with it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client, done } from "@/api/client";
import { keys } from "@/api/queries";
import type { Key } from "@/api/types";
import { Confirm } from "@/components/ui/confirm";
import { Ago } from "@/components/ui/time";
import { notify } from "@/components/ui/toast";
import { vendorName } from "@/lib/vendors";
import { ABILITY_WORDS, inOrder } from "./abilities";

interface DeleteKeyProps {
  open: boolean;
  onClose: () => void;
  of: Key;
  onGone: () => void;
}

export function DeleteKey({ open, onClose, of: key, onGone }: DeleteKeyProps) {
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => done(client.DELETE("/api/keys/{id}", { params: { path: { id: key.id } } })),
    onSuccess: async () => {
      notify(`${key.label} was deleted; its secret is destroyed.`);
      onGone();
      await cache.invalidateQueries({ queryKey: keys.credentials });
    },
  });
  const works = inOrder(key.check?.abilities ?? []).filter(one => one.standing === "has");
  const ends = works.map(one => ABILITY_WORDS[one.ability].toLowerCase()).join(", ");
  return (
    <Confirm
      open={open}
      onClose={() => {
        onClose();
        remove.reset();
      }}
      title={`Delete ${key.label}?`}
      act="Delete"
      typed={key.label}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    >
      Its secret is destroyed and cannot be brought back.{" "}
      {ends === ""
        ? "Nothing is read with it now."
        : `${vendorName(key.vendor)} is no longer read for ${ends}.`}{" "}
      What was collected stays.
      {key.last_used_at && (
        <>
          {" "}
          It was last used <Ago at={key.last_used_at} />.
        </>
      )}
    </Confirm>
  );
}
