// What every field of a credential's form is given and says.
import type { AuthField } from "@/api/types";

export interface FieldProps {
  field: AuthField;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  onLeave: () => void;
}

export function FieldLabel({ field }: { field: AuthField }) {
  return (
    <>
      {field.label}
      {!field.required && <span className="font-normal text-faint"> · may be left empty</span>}
    </>
  );
}

/** What a field is for, and where a person finds it. */
export function FieldHint({ field }: { field: AuthField }) {
  return (
    <>
      {field.help}
      {field.find && (
        <span className="block">
          <span className="text-muted">Where to find it:</span> {field.find}
        </span>
      )}
    </>
  );
}
