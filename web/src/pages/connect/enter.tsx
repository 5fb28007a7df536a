// Step 3: what to do at the vendor, beside the form that its `auth_fields` draw.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useRef, useState } from "react";
import { client, failure, unwrap } from "@/api/client";
import { keys } from "@/api/queries";
import type { KeyKind, Vendor } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { Failed } from "@/components/ui/states";
import { AuthFields } from "@/features/vendors/auth-fields";
import { filled } from "@/features/vendors/auth-form";
import { BaseUrls } from "@/features/vendors/base-urls";
import { useCredentialForm } from "@/features/vendors/credential-form";

interface EnterProps {
  vendor: Vendor;
  kind: KeyKind;
  onMade: (key: string) => void;
}

export function Enter({ vendor, kind, onMade }: EnterProps) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Panel title={`At ${vendor.name}`}>
        <ol className="flex list-decimal flex-col gap-2 pl-5 marker:text-faint">
          {kind.steps.map(step => (
            <li key={step} className="pl-1">
              {step}
            </li>
          ))}
        </ol>
        {vendor.docs && (
          <p className="mt-4 border-t border-hairline pt-3">
            <a
              href={vendor.docs}
              target="_blank"
              rel="noopener noreferrer"
              className="inline-flex items-center gap-1.5 text-accent hover:underline"
            >
              {vendor.name}'s documentation <ExternalLink aria-hidden className="size-3.5" />
            </a>
          </p>
        )}
      </Panel>
      <Panel title={kind.name}>
        <CredentialForm vendor={vendor} kind={kind} onMade={onMade} />
      </Panel>
    </div>
  );
}

function CredentialForm({ vendor, kind, onMade }: EnterProps) {
  const cache = useQueryClient();
  const [label, setLabel] = useState(`${vendor.name} ${kind.name.toLowerCase()}`.slice(0, 100));
  const frame = useRef<HTMLFormElement>(null);
  const connect = useMutation({
    mutationFn: () => {
      const fields = filled(kind.auth_fields, form.values);
      const base_urls = Object.fromEntries(Object.entries(form.urls).filter(([, url]) => url.trim() !== ""));
      const body = { vendor: vendor.id, kind: kind.id, label: label.trim(), fields, base_urls };
      return unwrap(client.POST("/api/keys", { body }));
    },
    onSuccess: async made => {
      onMade(made.id);
      await cache.invalidateQueries({ queryKey: keys.credentials });
    },
  });
  const form = useCredentialForm(kind.auth_fields, {}, {}, connect.error);
  const said = connect.error ? failure(connect.error).fields : {};
  const submit = () => {
    if (form.check()) return connect.mutate();
    // The first field that is wrong takes the focus, once it is drawn as such.
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  return (
    <form
      ref={frame}
      className="flex flex-col gap-5"
      noValidate
      autoComplete="off"
      onSubmit={event => {
        event.preventDefault();
        if (!connect.isPending) submit();
      }}
    >
      <Field label="Name" hint="What people call it here." error={said.label}>
        <Input
          required
          maxLength={100}
          value={label}
          onChange={event => setLabel(event.target.value)}
          autoComplete="off"
        />
      </Field>
      <AuthFields
        fields={kind.auth_fields}
        values={form.values}
        faults={form.faults}
        onChange={form.set}
        onLeave={form.leave}
      />
      {vendor.custom === null && (
        <BaseUrls hosts={vendor.hosts} values={form.urls} faults={form.urlFaults} onChange={form.setUrl} />
      )}
      {connect.isError && Object.keys(said).length === 0 && (
        <Failed error={connect.error} title="It was not stored" />
      )}
      <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
        <p role="status" className="mr-auto min-w-0 text-dense text-faint">
          {connect.isPending
            ? `Stored; now ${vendor.name} is asked what it may do…`
            : `It is stored sealed, then ${vendor.name} is asked by its cheapest calls what it may do.`}
        </p>
        <Button type="submit" look="primary" busy={connect.isPending}>
          Connect
        </Button>
      </div>
    </form>
  );
}
