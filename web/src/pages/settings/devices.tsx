// Where you are signed in, and signing out there.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, done } from "@/api/client";
import { keys, sessionsQuery } from "@/api/queries";
import type { Session } from "@/api/types";
import { Button } from "@/components/ui/button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Tag } from "@/components/ui/marks";
import { Panel } from "@/components/ui/page";
import { Failed, Region } from "@/components/ui/states";
import { Ago } from "@/components/ui/time";
import { notify } from "@/components/ui/toast";
import { deviceName } from "@/lib/user-agent";

export function Devices() {
  const sessions = useQuery(sessionsQuery);
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: keys.sessions });
  const end = useMutation({
    mutationFn: (session: Session) =>
      done(client.DELETE("/api/auth/sessions/{id}", { params: { path: { id: session.id } } })),
    onSuccess: () => notify("Signed out there."),
    onSettled: refresh,
  });
  const endOthers = useMutation({
    mutationFn: () => done(client.DELETE("/api/auth/sessions")),
    onSuccess: () => notify("Signed out everywhere else."),
    onSettled: refresh,
  });
  const columns: Column<Session>[] = [
    {
      id: "device",
      header: "Device",
      min: 200,
      grow: 2,
      card: "lead",
      cell: session => (
        <span className="inline-flex items-center gap-2" title={session.user_agent}>
          {deviceName(session.user_agent)}
          {session.current && <Tag>this one</Tag>}
        </span>
      ),
    },
    { id: "address", header: "Address", min: 130, grow: 1, cell: session => session.address },
    {
      id: "used",
      header: "Last used",
      named: true,
      min: 120,
      grow: 1,
      cell: session => <Ago at={session.last_used_at} />,
    },
    {
      id: "since",
      header: "Signed in",
      min: 120,
      grow: 1,
      card: "none",
      cell: session => <Ago at={session.created_at} />,
    },
    {
      id: "ends",
      header: "Ends",
      min: 100,
      grow: 1,
      card: "none",
      cell: session => <Ago at={session.expires_at} />,
    },
    {
      id: "acts",
      header: "Actions",
      min: 92,
      align: "end",
      cell: session =>
        session.current ? null : (
          <Button
            small
            look="quiet"
            aria-label={`Sign out ${deviceName(session.user_agent)}`}
            onClick={() => end.mutate(session)}
          >
            Sign out
          </Button>
        ),
    },
  ];
  const others = sessions.data?.items.some(session => !session.current) ?? false;
  return (
    <Panel
      title="Signed-in devices"
      flush
      actions={
        <Button
          small
          busy={endOthers.isPending}
          refused={others ? null : "You are signed in nowhere else."}
          onClick={() => endOthers.mutate()}
        >
          Sign out everywhere else
        </Button>
      }
    >
      {(end.isError || endOthers.isError) && <Failed error={end.error ?? endOthers.error} />}
      <Region query={sessions} what="your devices" className="m-4 h-24">
        {data => (
          <DataTable
            label="Signed-in devices"
            columns={columns}
            rows={data.items}
            rowKey={session => session.id}
            empty={<p className="p-4 text-muted">No session.</p>}
          />
        )}
      </Region>
    </Panel>
  );
}
