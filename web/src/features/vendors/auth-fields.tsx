// Draws the form of a credential from its vendor's `auth_fields`. Knows no vendor.
// Invariant: a secret lives in the form's state only; it is in no address, no storage, and in the page once at most.
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import type { AuthField } from "@/api/types";
import { IconButton } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import type { Faults, Values } from "./auth-form";
import { FieldHint, FieldLabel, type FieldProps } from "./field-parts";
import { JsonDrop } from "./json-drop";

interface AuthFieldsProps {
  fields: readonly AuthField[];
  values: Values;
  faults: Faults;
  onChange: (name: string, value: string) => void;
  /** Leaving a field is when it is said what is wrong with it. */
  onLeave: (name: string) => void;
}

export function AuthFields({ fields, values, faults, onChange, onLeave }: AuthFieldsProps) {
  return fields.map(field => {
    const props = {
      field,
      value: values[field.name] ?? "",
      error: faults[field.name],
      onChange: (value: string) => onChange(field.name, value),
      onLeave: () => onLeave(field.name),
    };
    if (field.type === "json_file") return <JsonDrop key={field.name} {...props} />;
    return <OneField key={field.name} {...props} />;
  });
}

function OneField({ field, value, error, onChange, onLeave }: FieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={<FieldLabel field={field} />} hint={<FieldHint field={field} />} error={error}>
      {field.type === "choice" ? (
        <Select value={value} onChange={event => onChange(event.target.value)} onBlur={onLeave}>
          {value === "" && <option value="">Choose…</option>}
          {field.choices.map(choice => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </Select>
      ) : (
        <span className="flex items-center gap-1">
          <Input
            type={field.secret && !shown ? "password" : "text"}
            value={value}
            placeholder={field.example}
            onChange={event => onChange(event.target.value)}
            onBlur={onLeave}
            autoComplete={field.secret ? "new-password" : "off"}
            data-1p-ignore
            data-lpignore="true"
            spellCheck={false}
            autoCapitalize="off"
            className="font-mono !text-dense"
          />
          {field.secret && (
            <IconButton
              name={shown ? `Hide the ${field.label}` : `Show the ${field.label}`}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            >
              {shown ? <EyeOff /> : <Eye />}
            </IconButton>
          )}
        </span>
      )}
    </Field>
  );
}
