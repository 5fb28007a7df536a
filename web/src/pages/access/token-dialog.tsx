// Makes a token: a name, what it may do, how long; then shows it once with a first use to copy.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, failure, unwrap } from "@/api/client";
import { keys } from "@/api/queries";
import type { Scope, TokenCreated } from "@/api/types";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { Checkbox, Field, Input, Select } from "@/components/ui/field";
import { SecretOnce } from "@/components/ui/secret";
import { Failed } from "@/components/ui/states";

/** The scopes that open a route today. */
const SCOPES = [
  { value: "ingest", label: "ingest", hint: "Post events to the pipeline; nothing else." },
  { value: "read", label: "read", hint: "Read what an analyst reads; change nothing." },
  { value: "metrics", label: "metrics", hint: "Read the Prometheus metrics." },
  { value: "admin", label: "admin", hint: "Everything an administrator may do." },
] satisfies { value: Scope; label: string; hint: string }[];

const TERMS = [
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
  { days: 365, label: "A year" },
  { days: null, label: "Until revoked" },
];

export function TokenDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [made, setMade] = useState<TokenCreated | null>(null);
  const close = () => {
    onClose();
    setMade(null);
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={made ? `Token ${made.name}` : "New API token"}
      wide={made !== null}
    >
      {made ? <Made token={made} onDone={close} /> : <TokenForm onMade={setMade} onCancel={close} />}
    </Dialog>
  );
}

function TokenForm({ onMade, onCancel }: { onMade: (token: TokenCreated) => void; onCancel: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["ingest"]);
  const [term, setTerm] = useState(1);
  const make = useMutation({
    mutationFn: () => {
      const days = TERMS[term]?.days ?? null;
      const body = { name: name.trim(), scopes, ...(days === null ? {} : { expires_in_days: days }) };
      return unwrap(client.POST("/api/tokens", { body }));
    },
    onSuccess: async token => {
      onMade(token);
      await cache.invalidateQueries({ queryKey: keys.tokens });
    },
  });
  const fields = make.error ? failure(make.error).fields : {};
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={event => {
        event.preventDefault();
        if (scopes.length > 0) make.mutate();
      }}
    >
      <Field label="Name" hint="What uses it: claims-ingest, grafana…" error={fields.name}>
        <Input
          required
          maxLength={100}
          value={name}
          onChange={event => setName(event.target.value)}
          autoComplete="off"
        />
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-dense font-semibold text-muted">It may</legend>
        {SCOPES.map(scope => (
          <Checkbox
            key={scope.value}
            label={<span className="font-mono text-dense">{scope.label}</span>}
            hint={scope.hint}
            checked={scopes.includes(scope.value)}
            onChange={event =>
              setScopes(
                event.target.checked ? [...scopes, scope.value] : scopes.filter(s => s !== scope.value),
              )
            }
          />
        ))}
        {fields.scopes && <p className="text-dense text-critical">{fields.scopes}</p>}
      </fieldset>
      <Field label="It holds for" error={fields.expires_in_days}>
        <Select value={term} onChange={event => setTerm(Number(event.target.value))}>
          {TERMS.map(({ label }, i) => (
            <option key={label} value={i}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {make.isError && Object.keys(fields).length === 0 && <Failed error={make.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          busy={make.isPending}
          refused={scopes.length === 0 ? "Choose at least one thing it may do." : null}
        >
          Make the token
        </Button>
      </div>
    </form>
  );
}

/** A first use that fits what the token may do. */
function firstUse(token: TokenCreated): string {
  const at = window.location.origin;
  const header = `-H "Authorization: Bearer ${token.token}"`;
  if (token.scopes.includes("ingest")) {
    return `curl ${at}/api/pipeline/ingest ${header} -H "Content-Type: application/json" --data @events.json`;
  }
  return `curl ${at}/api/${token.scopes.includes("metrics") ? "metrics" : "events"} ${header}`;
}

function Made({ token, onDone }: { token: TokenCreated; onDone: () => void }) {
  const command = firstUse(token);
  return (
    <div className="flex flex-col gap-4">
      <SecretOnce value={token.token} name="token">
        Shown only now. Copy it to where it will be used; it cannot be read again.
      </SecretOnce>
      <div>
        <p className="mb-1 text-dense font-semibold text-muted">First use</p>
        <div className="flex items-start gap-2 rounded-control border border-hairline bg-canvas py-1 pr-1 pl-3">
          <pre className="min-w-0 flex-1 py-1.5 font-mono text-dense break-all whitespace-pre-wrap">
            {command}
          </pre>
          <CopyButton value={command} name="Copy the command" />
        </div>
      </div>
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          I have copied it
        </Button>
      </div>
    </div>
  );
}
