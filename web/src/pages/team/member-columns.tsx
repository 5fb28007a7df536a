// The columns of the people's list, with what can be done in each row.
import { Ellipsis } from "lucide-react";
import type { Member, Role } from "@/api/types";
import { IconButton } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table";
import { Select } from "@/components/ui/field";
import { DemoMark, HealthMark } from "@/components/ui/marks";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Ago } from "@/components/ui/time";

const ROLES = ["viewer", "analyst", "admin"] satisfies Role[];

interface Acts {
  onRole: (member: Member, role: Role) => void;
  onDisabled: (member: Member, disabled: boolean) => void;
  onRemove: (member: Member) => void;
}

/** `me` is the id of the one who looks. */
export function memberColumns(me: string, acts: Acts): Column<Member>[] {
  return [
    {
      id: "name",
      header: "Person",
      min: 240,
      grow: 3,
      card: "lead",
      cell: member => (
        <span className="inline-flex max-w-full flex-wrap items-center gap-x-2 align-bottom sm:flex-nowrap">
          <span className="shrink-0">{member.name}</span>
          {member.id === me && <span className="text-faint">you</span>}
          <span className="min-w-0 truncate text-muted">{member.email}</span>
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
            if (role && role !== member.role) acts.onRole(member, role);
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
          <MenuItem onSelect={() => acts.onDisabled(member, !member.disabled)}>
            {member.disabled ? "Switch on again" : "Switch off and sign out"}
          </MenuItem>
          <MenuItem danger onSelect={() => acts.onRemove(member)}>
            Remove…
          </MenuItem>
        </Menu>
      ),
    },
  ];
}
