// The tokens there are, and revoking one.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, done } from "@/api/client";
import { keys, tokensQuery } from "@/api/queries";
import type { Token } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { type Column, DataTable } from "@/components/ui/data-table";
import { DemoMark, Tag } from "@/components/ui/marks";
import { Panel } from "@/components/ui/page";
import { Empty, Region } from "@/components/ui/states";
import { Ago } from "@/components/ui/time";
import { notify } from "@/components/ui/toast";
import { relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";

function Expiry({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <span className="text-muted">never</span>;
  if (Date.parse(at) <= now) return <span className="text-critical">expired {relative(at, now)}</span>;
  return <Ago at={at} />;
}

export function Tokens({ onNew }: { onNew: () => void }) {
  const tokens = useQuery(tokensQuery);
  const cache = useQueryClient();
  const [revoking, setRevoking] = useState<Token | null>(null);
  const revoke = useMutation({
    mutationFn: (token: Token) =>
      done(client.DELETE("/api/tokens/{id}", { params: { path: { id: token.id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.tokens }),
  });
  const columns: Column<Token>[] = [
    {
      id: "name",
      header: "Token",
      min: 200,
      grow: 2,
      card: "lead",
      cell: token => (
        <span className="inline-flex items-center gap-2">
          {token.name}
          <span className="font-mono text-dense text-faint">•••• {token.last4}</span>
          {token.demo && <DemoMark />}
        </span>
      ),
    },
    {
      id: "scopes",
      header: "May",
      min: 160,
      grow: 2,
      cell: token => (
        <span className="inline-flex gap-1">
          {token.scopes.map(scope => (
            <Tag key={scope}>{scope}</Tag>
          ))}
        </span>
      ),
    },
    {
      id: "used",
      header: "Last used",
      named: true,
      min: 120,
      grow: 1,
      cell: token =>
        token.last_used_at ? <Ago at={token.last_used_at} /> : <span className="text-faint">never used</span>,
    },
    {
      id: "ends",
      header: "Ends",
      named: true,
      min: 130,
      grow: 1,
      cell: token => <Expiry at={token.expires_at} />,
    },
    { id: "by", header: "Made by", min: 160, grow: 1, card: "none", cell: token => token.created_by },
    { id: "made", header: "Made", min: 100, card: "none", cell: token => <Ago at={token.created_at} /> },
    {
      id: "acts",
      header: "Actions",
      min: 92,
      align: "end",
      cell: token => (
        <Button small look="quiet" aria-label={`Revoke ${token.name}`} onClick={() => setRevoking(token)}>
          Revoke
        </Button>
      ),
    },
  ];
  return (
    <Panel title="API tokens" flush>
      <Region query={tokens} what="the tokens" className="m-4 h-40">
        {data => (
          <DataTable
            label="API tokens"
            columns={columns}
            rows={data.items}
            rowKey={token => token.id}
            empty={
              <Empty title="No token yet" action={<Button onClick={onNew}>New token</Button>}>
                A token lets a program post events, read them, or scrape the metrics.
              </Empty>
            }
          />
        )}
      </Region>
      <Confirm
        open={revoking !== null}
        onClose={() => {
          setRevoking(null);
          revoke.reset();
        }}
        title={`Revoke ${revoking?.name ?? ""}?`}
        act="Revoke"
        typed={revoking?.name ?? ""}
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() =>
          revoking &&
          revoke.mutate(revoking, {
            onSuccess: () => {
              notify(`${revoking.name} was revoked.`);
              setRevoking(null);
            },
          })
        }
      >
        Every program that uses it is refused at once, and it cannot be brought back.
        {revoking?.last_used_at && (
          <>
            {" "}
            It was last used <Ago at={revoking.last_used_at} />.
          </>
        )}
      </Confirm>
    </Panel>
  );
}
