// Are the secrets safe, and under which keys? Names, ages and progress; no key leaves the server.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { client, unwrap } from "@/api/client";
import { keys } from "@/api/queries";
import type { Vault } from "@/api/types";
import { vaultQuery } from "@/api/vendor-queries";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { HealthMark } from "@/components/ui/marks";
import { Facts, Page, Panel } from "@/components/ui/page";
import { Region } from "@/components/ui/states";
import { Ago, Time } from "@/components/ui/time";
import { notify } from "@/components/ui/toast";
import { plural } from "@/lib/format";
import { DataKeys } from "./data-keys";
import { LastRotation, RotationProgress } from "./rotation";

function words(vault: Vault | undefined): string {
  if (!vault) return "Secrets are sealed under keys that are wrapped by one you hold.";
  if (!vault.self_test.ok) return "The vault does not open. Nothing was touched; see below what is wrong.";
  return `The vendors' secrets are sealed under ${plural(vault.chain_depth, "key")}; the self-test could open them.`;
}

export default function VaultPage() {
  const vault = useQuery(vaultQuery);
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const rotate = useMutation({
    mutationFn: () => unwrap(client.POST("/api/vault/rotate")),
    onSuccess: begun => {
      cache.setQueryData(keys.vault, begun);
      setAsking(false);
      notify("The rotation has begun.");
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.vault }),
  });
  const refused = vault.data?.rotation
    ? "A rotation is under way."
    : vault.data && !vault.data.self_test.ok
      ? "The vault does not open."
      : null;
  return (
    <Page
      title="Vault"
      about={words(vault.data)}
      actions={
        <Button refused={refused} onClick={() => setAsking(true)}>
          <RotateCw aria-hidden className="size-4" />
          Rotate
        </Button>
      }
    >
      <Region framed query={vault} what="the vault" className="h-80">
        {data => (
          <>
            {data.rotation && <RotationProgress rotation={data.rotation} />}
            <div className="grid items-start gap-4 lg:grid-cols-2">
              <Panel title="State">
                <Lock vault={data} />
              </Panel>
              <Panel title="Last rotation">
                <LastRotation vault={data} />
              </Panel>
            </div>
            <Panel title="Key chain" about="the first key seals what is new; each opens what it sealed" flush>
              <DataKeys vault={data} />
            </Panel>
          </>
        )}
      </Region>
      <Confirm
        open={asking}
        onClose={() => {
          setAsking(false);
          rotate.reset();
        }}
        title="Rotate the vault's key?"
        act="Rotate"
        busy={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate()}
      >
        A new key is made and every stored secret is sealed anew under it, while everything goes on working.
        The older keys are retired last, when nothing is left under them. It goes on by itself after a
        restart.
      </Confirm>
    </Page>
  );
}

function Lock({ vault }: { vault: Vault }) {
  return (
    <Facts
      items={[
        [
          "Self-test",
          <span key="t">
            <HealthMark ok={vault.self_test.ok} yes="opens" no="does not open" />
            {vault.self_test.detail && <span className="block text-high">{vault.self_test.detail}</span>}
          </span>,
        ],
        [
          "Wrapping key kept in",
          <span key="s" className="font-mono text-dense break-all">
            {vault.kek_source}
          </span>,
        ],
        [
          "Wrapping key",
          <span key="n" className="font-mono text-dense break-all">
            {vault.kek_id}
          </span>,
        ],
        ["Keys in the chain", vault.chain_depth],
        [
          "Made",
          <span key="m">
            <Time at={vault.created_at} shape="full" /> (<Ago at={vault.created_at} />)
          </span>,
        ],
      ]}
    />
  );
}
