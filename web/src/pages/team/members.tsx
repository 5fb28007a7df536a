// The people: role, state, last seen; change the role, switch off, remove.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { client, done, unwrap } from "@/api/client";
import { useMe } from "@/api/me";
import { keys, teamQuery } from "@/api/queries";
import type { Member, Role } from "@/api/types";
import { IconButton } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Select } from "@/components/ui/field";
import { DemoMark, HealthMark } from "@/components/ui/marks";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Panel } from "@/components/ui/page";
import { Failed, Region } from "@/components/ui/states";
import { Ago } from "@/components/ui/time";
import { notify, notifyUndo } from "@/components/ui/toast";
import { plural } from "@/lib/format";

const ROLES = ["viewer", "analyst", "admin"] satisfies Role[];

interface Change {
  member: Member;
  change: { role?: Role; disabled?: boolean };
}

function useMembers() {
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: keys.team });
  const change = useMutation({
    mutationFn: ({ member, change: body }: Change) =>
      unwrap(client.PATCH("/api/team/{id}", { params: { path: { id: member.id } }, body })),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (member: Member) =>
      done(client.DELETE("/api/team/{id}", { params: { path: { id: member.id } } })),
    onSettled: refresh,
  });
  return { change, remove };
}

export function Members() {
  const team = useQuery(teamQuery);
  const { change, remove } = useMembers();
  const [removing, setRemoving] = useState<Member | null>(null);
  const me = useMe();

  const setRole = (member: Member, role: Role) =>
    change.mutate(
      { member, change: { role } },
      {
        onSuccess: () =>
          notifyUndo(`${member.name} is ${role} now.`, () =>
            change.mutate({ member, change: { role: member.role } }),
          ),
      },
    );
  const setDisabled = (member: Member, disabled: boolean) =>
    change.mutate(
      { member, change: { disabled } },
      {
        onSuccess: () =>
          notifyUndo(
            disabled ? `${member.name} is switched off and signed out.` : `${member.name} is back.`,
            () => change.mutate({ member, change: { disabled: !disabled } }),
          ),
      },
    );

  const columns: Column<Member>[] = [
    {
      id: "name",
      header: "Person",
      min: 240,
      grow: 3,
      card: "lead",
      cell: member => (
        <span className="inline-flex items-center gap-2">
          <span>{member.name}</span>
          {member.id === me.id && <span className="text-faint">you</span>}
          <span className="truncate text-muted">{member.email}</span>
          {member.demo && <DemoMark />}
        </span>
      ),
    },
    {
      id: "role",
      header: "Role",
      min: 120,
      cell: member => (
        <Select
          aria-label={`Role of ${member.name}`}
          value={member.role}
          onChange={event => {
            const role = ROLES.find(r => r === event.target.value);
            if (role && role !== member.role) setRole(member, role);
          }}
          className="!h-7"
        >
          {ROLES.map(role => (
            <option key={role} value={role}>
              {role}
            </option>
          ))}
        </Select>
      ),
    },
    {
      id: "state",
      header: "Account",
      min: 108,
      cell: member => <HealthMark ok={!member.disabled} yes="active" no="switched off" />,
    },
    {
      id: "seen",
      header: "Last seen",
      named: true,
      min: 120,
      grow: 1,
      cell: member =>
        member.last_seen_at ? <Ago at={member.last_seen_at} /> : <span className="text-faint">never</span>,
    },
    { id: "source", header: "Source", min: 80, card: "none", cell: member => member.source },
    {
      id: "acts",
      header: "Actions",
      card: "corner",
      min: 64,
      align: "end",
      cell: member => (
        <Menu
          trigger={
            <IconButton name={`Acts on ${member.name}`} hint="More" className="size-7">
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => setDisabled(member, !member.disabled)}>
            {member.disabled ? "Switch on again" : "Switch off and sign out"}
          </MenuItem>
          <MenuItem danger onSelect={() => setRemoving(member)}>
            Remove…
          </MenuItem>
        </Menu>
      ),
    },
  ];

  return (
    <Panel title="People" about={team.data && plural(team.data.items.length, "account")} flush>
      {change.isError && <Failed error={change.error} title="Nothing was changed" />}
      <Region query={team} what="the team" className="m-4 h-40">
        {data => (
          <DataTable
            label="People"
            columns={columns}
            rows={data.items}
            rowKey={member => member.id}
            empty={<p className="p-4 text-muted">Nobody has an account.</p>}
          />
        )}
      </Region>
      <Confirm
        open={removing !== null}
        onClose={() => {
          setRemoving(null);
          remove.reset();
        }}
        title={`Remove ${removing?.name ?? ""}?`}
        act="Remove"
        typed={removing?.email ?? ""}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          removing &&
          remove.mutate(removing, {
            onSuccess: () => {
              notify(`${removing.name} was removed.`);
              setRemoving(null);
            },
          })
        }
      >
        Their account and sessions end at once and cannot be brought back. What they did stays in the audit
        log.
      </Confirm>
    </Panel>
  );
}
