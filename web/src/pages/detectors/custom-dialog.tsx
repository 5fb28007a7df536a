// Makes a detector of one's own: a pattern, and what makes a match surer. The server says what it refuses and why.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, failure, unwrap } from "@/api/client";
import { keys } from "@/api/queries";
import type { CustomDetector } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { Failed } from "@/components/ui/states";
import { notify } from "@/components/ui/toast";
import { idOf, listOf } from "./custom";

const same = <const T extends string>(value: T) => ({ value, label: value });
const CATEGORIES = [same("personal"), same("health"), same("payment"), same("secret")] as const;
const SEVERITIES = [same("low"), same("medium"), same("high"), same("critical")] as const;
const VALIDATORS = [
  { value: "", label: "None" },
  { value: "luhn", label: "Luhn (cards, account numbers)" },
  { value: "mod10", label: "Modulus 10 (EAN, GTIN)" },
  { value: "mod11", label: "Modulus 11 (ISBN-10, national numbers)" },
  { value: "mod97", label: "Modulus 97 (like an IBAN)" },
] as const;

const EMPTY = {
  name: "",
  pattern: "",
  category: "personal" as (typeof CATEGORIES)[number]["value"],
  severity: "medium" as (typeof SEVERITIES)[number]["value"],
  validator: "" as (typeof VALIDATORS)[number]["value"],
  context: "",
  exclusions: "",
};

interface CustomDialogProps {
  open: boolean;
  onClose: () => void;
  onMade: (id: string) => void;
}

export function CustomDialog({ open, onClose, onMade }: CustomDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="New detector"
      about="It reads every text from now on, beside the built-in ones."
      wide
    >
      <CustomForm onClose={onClose} onMade={onMade} />
    </Dialog>
  );
}

function CustomForm({ onClose, onMade }: Omit<CustomDialogProps, "open">) {
  const cache = useQueryClient();
  const [form, setForm] = useState(EMPTY);
  const change = (part: Partial<typeof EMPTY>) => setForm({ ...form, ...part });
  const make = useMutation({
    mutationFn: () => {
      const body: CustomDetector = {
        id: idOf(form.name),
        name: form.name.trim(),
        category: form.category,
        severity: form.severity,
        pattern: form.pattern,
        validator: form.validator || null,
        context: listOf(form.context),
        exclusions: listOf(form.exclusions),
      };
      return unwrap(client.POST("/api/compliance/detectors", { body }));
    },
    onSuccess: async made => {
      await cache.invalidateQueries({ queryKey: keys.detectors });
      notify(`${made.name} reads every text from now on.`);
      onMade(made.id);
    },
  });
  const fields = make.error ? failure(make.error).fields : {};
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={event => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <Field
        label="Name"
        hint={form.name.trim() === "" ? "Member number, project code…" : `Its id will be ${idOf(form.name)}.`}
        error={fields.name ?? fields.id}
      >
        <Input
          required
          maxLength={80}
          value={form.name}
          onChange={event => change({ name: event.target.value })}
          autoComplete="off"
        />
      </Field>
      <Field
        label="Pattern"
        hint="A regular expression for the whole value, such as \bLM-\d{6}\b. Repeats need an upper bound."
        error={fields.pattern}
      >
        <Input
          required
          maxLength={1024}
          value={form.pattern}
          onChange={event => change({ pattern: event.target.value })}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Choice
          label="Data"
          error={fields.category}
          value={form.category}
          options={CATEGORIES}
          onChange={category => change({ category })}
        />
        <Choice
          label="Severity"
          error={fields.severity}
          value={form.severity}
          options={SEVERITIES}
          onChange={severity => change({ severity })}
        />
        <Choice
          label="Check digit"
          error={fields.validator}
          value={form.validator}
          options={VALIDATORS}
          onChange={validator => change({ validator })}
        />
      </div>
      <Field
        label="Words near it"
        hint="Separated by commas. With one of them a value is surer; without, it is kept for audit only."
        error={fields.context}
      >
        <Input
          value={form.context}
          onChange={event => change({ context: event.target.value })}
          autoComplete="off"
        />
      </Field>
      <Field
        label="Never report"
        hint="Values to pass over, one a line. Separators and case do not matter."
        error={fields.exclusions}
      >
        <Textarea
          rows={2}
          value={form.exclusions}
          spellCheck={false}
          onChange={event => change({ exclusions: event.target.value })}
          className="font-mono !text-dense"
        />
      </Field>
      {make.isError && Object.keys(fields).length === 0 && <Failed error={make.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={make.isPending}>
          Make the detector
        </Button>
      </div>
    </form>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  error: string | undefined;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of a few, as a field. */
function Choice<T extends string>({ label, error, value, options, onChange }: ChoiceProps<T>) {
  return (
    <Field label={label} error={error}>
      <Select
        value={value}
        onChange={event => {
          const chosen = options.find(option => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}
