// Invitations that nobody has taken yet.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, done } from "@/api/client";
import { invitesQuery, keys } from "@/api/queries";
import type { Invite } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/page";
import { Region } from "@/components/ui/states";
import { Ago } from "@/components/ui/time";
import { notify } from "@/components/ui/toast";

export function Invites() {
  const invites = useQuery(invitesQuery);
  const cache = useQueryClient();
  const [revoking, setRevoking] = useState<Invite | null>(null);
  const revoke = useMutation({
    mutationFn: (invite: Invite) =>
      done(client.DELETE("/api/team/invites/{id}", { params: { path: { id: invite.id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.invites }),
  });
  const columns: Column<Invite>[] = [
    { id: "email", header: "Invited", min: 220, grow: 3, card: "lead", cell: invite => invite.email },
    { id: "role", header: "Role", min: 80, cell: invite => invite.role },
    { id: "by", header: "By", min: 180, grow: 2, card: "none", cell: invite => invite.created_by },
    {
      id: "made",
      header: "Made",
      min: 100,
      grow: 1,
      card: "none",
      cell: invite => <Ago at={invite.created_at} />,
    },
    {
      id: "ends",
      header: "Ends",
      named: true,
      min: 100,
      grow: 1,
      cell: invite => <Ago at={invite.expires_at} />,
    },
    {
      id: "acts",
      header: "Actions",
      min: 92,
      align: "end",
      cell: invite => (
        <Button
          small
          look="quiet"
          aria-label={`Revoke the invitation of ${invite.email}`}
          onClick={() => setRevoking(invite)}
        >
          Revoke
        </Button>
      ),
    },
  ];
  return (
    <Panel title="Open invitations" flush>
      <Region query={invites} what="the invitations" className="m-4 h-24">
        {data => (
          <DataTable
            label="Open invitations"
            columns={columns}
            rows={data.items}
            rowKey={invite => invite.id}
            empty={<p className="px-4 py-6 text-muted">No invitation waits to be taken up.</p>}
          />
        )}
      </Region>
      <Confirm
        open={revoking !== null}
        onClose={() => {
          setRevoking(null);
          revoke.reset();
        }}
        title={`Revoke the invitation of ${revoking?.email ?? ""}?`}
        act="Revoke"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() =>
          revoking &&
          revoke.mutate(revoking, {
            onSuccess: () => {
              notify("The invitation was revoked.");
              setRevoking(null);
            },
          })
        }
      >
        The link stops working at once. You can make a new one at any time.
      </Confirm>
    </Panel>
  );
}
