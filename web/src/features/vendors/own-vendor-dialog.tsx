// Adds a vendor of one's own: a name, where its figures are asked, and where they stand in the answers.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, failure, unwrap } from "@/api/client";
import { keys } from "@/api/queries";
import type { Vendor } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Checkbox, Field, Input, Textarea } from "@/components/ui/field";
import { Failed } from "@/components/ui/states";
import { addressFault } from "./auth-form";

interface OwnVendorProps {
  open: boolean;
  onClose: () => void;
  onMade: (vendor: Vendor) => void;
}

export function OwnVendorDialog({ open, onClose, onMade }: OwnVendorProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="A vendor of your own"
      about="Any service that tells its usage as JSON over HTTPS: an inference host of yours, or a vendor that is not in the list."
      wide
    >
      <OwnVendorForm onClose={onClose} onMade={onMade} />
    </Dialog>
  );
}

const EMPTY = { name: "", collector_url: "", mapping: "", shared: true };

/** What is wrong with a mapping; it is JSON or left empty. */
function mappingFault(text: string): string | undefined {
  if (text.trim() === "") return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return "is not JSON";
  }
}

function OwnVendorForm({ onClose, onMade }: Omit<OwnVendorProps, "open">) {
  const cache = useQueryClient();
  const [form, setForm] = useState(EMPTY);
  const [left, setLeft] = useState(false);
  const change = (part: Partial<typeof EMPTY>) => setForm({ ...form, ...part });
  const make = useMutation({
    mutationFn: () => {
      const mapping = form.mapping.trim() === "" ? null : form.mapping;
      const body = {
        name: form.name.trim(),
        collector_url: form.collector_url.trim(),
        mapping,
        shared: form.shared,
      };
      return unwrap(client.POST("/api/vendors", { body }));
    },
    onSuccess: async vendor => {
      await cache.invalidateQueries({ queryKey: keys.vendors });
      onMade(vendor);
    },
  });
  const said = make.error ? failure(make.error).fields : {};
  const address = addressFault(form.collector_url);
  const mapping = mappingFault(form.mapping);
  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        setLeft(true);
        if (form.name.trim() !== "" && form.collector_url !== "" && !address && !mapping) make.mutate();
      }}
    >
      <Field
        label="Name"
        hint="What people call it. Its id in addresses and exports is made of it."
        error={said.name ?? (left && form.name.trim() === "" ? "A name is missing." : undefined)}
      >
        <Input
          maxLength={60}
          value={form.name}
          onChange={event => change({ name: event.target.value })}
          autoComplete="off"
        />
      </Field>
      <Field
        label="Address"
        hint="Where its pages of usage are asked. Addresses inside your network must be allowed at the server first."
        error={
          said.collector_url ??
          (left ? (address ?? (form.collector_url === "" ? "An address is missing." : undefined)) : undefined)
        }
      >
        <Input
          type="url"
          inputMode="url"
          placeholder="https://inference.corp.example/usage"
          value={form.collector_url}
          onChange={event => change({ collector_url: event.target.value })}
          autoComplete="off"
          spellCheck={false}
          className="font-mono !text-dense"
        />
      </Field>
      <Field
        label={
          <>
            Mapping<span className="font-normal text-faint"> · may be left empty</span>
          </>
        }
        hint="JSON that says where the fields stand in its answers. Empty, AegisFlow's own shape is expected."
        error={said.mapping ?? mapping}
      >
        <Textarea
          rows={4}
          maxLength={16384}
          spellCheck={false}
          value={form.mapping}
          placeholder='{"rows": "/data", "model": "/model", …}'
          onChange={event => change({ mapping: event.target.value })}
          className="font-mono !text-dense"
        />
      </Field>
      <Checkbox
        label="Others see it, too"
        hint="Otherwise you and administrators only."
        checked={form.shared}
        onChange={event => change({ shared: event.target.checked })}
      />
      {make.isError && Object.keys(said).length === 0 && (
        <Failed error={make.error} title="It was not added" />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={make.isPending}>
          Add the vendor
        </Button>
      </div>
    </form>
  );
}
