// Invites a person: address and role in, a link out that is shown once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, failure, unwrap } from "@/api/client";
import { keys } from "@/api/queries";
import type { InviteCreated, Role } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, RadioGroup } from "@/components/ui/field";
import { SecretOnce } from "@/components/ui/secret";
import { Failed } from "@/components/ui/states";
import { Time } from "@/components/ui/time";
import { ROLE_WORDS } from "./roles";

export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [made, setMade] = useState<InviteCreated | null>(null);
  const close = () => {
    onClose();
    setMade(null);
  };
  return (
    <Dialog open={open} onClose={close} title={made ? "Invitation made" : "Invite a person"}>
      {made ? <Made invite={made} onDone={close} /> : <InviteForm onMade={setMade} onCancel={close} />}
    </Dialog>
  );
}

function InviteForm({ onMade, onCancel }: { onMade: (invite: InviteCreated) => void; onCancel: () => void }) {
  const cache = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const invite = useMutation({
    mutationFn: () => unwrap(client.POST("/api/team/invites", { body: { email: email.trim(), role } })),
    onSuccess: async made => {
      onMade(made);
      await cache.invalidateQueries({ queryKey: keys.invites });
    },
  });
  const fields = invite.error ? failure(invite.error).fields : {};
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={event => {
        event.preventDefault();
        invite.mutate();
      }}
    >
      <Field label="E-mail" error={fields.email}>
        <Input
          type="email"
          required
          value={email}
          onChange={event => setEmail(event.target.value)}
          autoComplete="off"
        />
      </Field>
      <RadioGroup legend="Role" name="role" value={role} options={ROLE_WORDS} onChange={setRole} />
      {invite.isError && Object.keys(fields).length === 0 && <Failed error={invite.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" busy={invite.isPending}>
          Make the invitation
        </Button>
      </div>
    </form>
  );
}

function Made({ invite, onDone }: { invite: InviteCreated; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <p>
        Send this link to <strong>{invite.email}</strong>. It makes them {invite.role} and holds until{" "}
        <Time at={invite.expires_at} shape="full" />.
      </p>
      <SecretOnce value={invite.link} name="link">
        Shown only now: whoever has it can take the place.
      </SecretOnce>
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
