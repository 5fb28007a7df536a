// Puts another secret in a credential's place, by the same form that made it. What is left empty stays as it is, unless
// the address changes: a secret is not sent to another address than it was given for.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, failure, unwrap } from "@/api/client";
import { keys } from "@/api/queries";
import type { Key, KeyKind, Vendor } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Failed } from "@/components/ui/states";
import { notify } from "@/components/ui/toast";
import { AuthFields } from "./auth-fields";
import { filled } from "./auth-form";
import { BaseUrls } from "./base-urls";
import { useCredentialForm } from "./credential-form";

interface ReplaceProps {
  open: boolean;
  onClose: () => void;
  of: Key;
  vendor: Vendor;
  kind: KeyKind;
}

export function ReplaceDialog({ open, onClose, of: key, vendor, kind }: ReplaceProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Replace the secret of ${key.label}`}
      about="The new secret is stored sealed in place of the old one, and the vendor is asked what it may do. What was collected stays."
      wide
    >
      <ReplaceForm onClose={onClose} of={key} vendor={vendor} kind={kind} />
    </Dialog>
  );
}

/** The public fields that differ from what is stored; one that was emptied is sent empty, which takes it away. */
function changedFields(
  key: Key,
  kind: KeyKind,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const given = filled(kind.auth_fields, values);
  const emptied = Object.keys(key.fields).filter(name => name in values && given[name] === undefined);
  const changed = Object.entries(given).filter(([name, value]) => key.fields[name] !== value);
  return Object.fromEntries([...changed, ...emptied.map(name => [name, ""])]);
}

function sameUrls(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const hosts = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...hosts].every(host => (a[host] ?? "").trim() === (b[host] ?? "").trim());
}

function ReplaceForm({ onClose, of: key, vendor, kind }: Omit<ReplaceProps, "open">) {
  const cache = useQueryClient();
  const [label, setLabel] = useState(key.label);
  const replace = useMutation({
    mutationFn: () => {
      const base_urls = Object.fromEntries(Object.entries(form.urls).filter(([, url]) => url.trim() !== ""));
      const body = {
        label: label.trim(),
        fields: changedFields(key, kind, form.values),
        ...(moved ? { base_urls } : {}),
      };
      return unwrap(client.PATCH("/api/keys/{id}", { params: { path: { id: key.id } }, body }));
    },
    onSuccess: async changed => {
      await cache.invalidateQueries({ queryKey: keys.credentials });
      notify(`${changed.label} was changed.`);
      onClose();
    },
  });
  // A secret that is stored already may be left empty.
  const fields = kind.auth_fields.map(field =>
    field.secret && key.secrets.includes(field.name)
      ? { ...field, required: false, help: `Left empty, the stored one stays. ${field.help}` }
      : field,
  );
  const form = useCredentialForm(fields, key.fields, key.base_urls, replace.error);
  const moved = !sameUrls(form.urls, key.base_urls);
  const strict = moved ? kind.auth_fields : fields;
  const missing = moved
    ? strict.filter(field => field.secret && field.required && (form.values[field.name] ?? "").trim() === "")
    : [];
  const said = replace.error ? failure(replace.error).fields : {};
  return (
    <form
      className="flex flex-col gap-5"
      noValidate
      autoComplete="off"
      onSubmit={event => {
        event.preventDefault();
        if (form.check() && missing.length === 0 && !replace.isPending) replace.mutate();
      }}
    >
      <Field label="Name" error={said.label}>
        <Input
          maxLength={100}
          value={label}
          onChange={event => setLabel(event.target.value)}
          autoComplete="off"
        />
      </Field>
      <AuthFields
        fields={fields}
        values={form.values}
        faults={form.faults}
        onChange={form.set}
        onLeave={form.leave}
      />
      {vendor.custom === null && (
        <BaseUrls hosts={vendor.hosts} values={form.urls} faults={form.urlFaults} onChange={form.setUrl} />
      )}
      {missing.length > 0 && (
        <p role="status" className="text-high">
          The address changes, so the secret must be given again:{" "}
          {missing.map(field => field.label).join(", ")}.
        </p>
      )}
      {replace.isError && Object.keys(said).length === 0 && (
        <Failed error={replace.error} title="Nothing was changed" />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          busy={replace.isPending}
          refused={missing.length > 0 ? "Give the secret again first." : null}
        >
          Replace
        </Button>
      </div>
    </form>
  );
}
