// Form fields: label, control, hint and error tied together for screen readers.
import { type ComponentProps, createContext, type ReactNode, use, useId } from "react";
import { cx } from "@/lib/cx";

interface Wiring {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const FieldContext = createContext<Wiring | null>(null);

const control =
  "w-full rounded-control border border-edge bg-field px-2.5 text-body text-text aria-invalid:border-critical disabled:opacity-60";

function useWiring(): ComponentProps<"input"> & ComponentProps<"select"> & ComponentProps<"textarea"> {
  const wiring = use(FieldContext);
  if (!wiring) return {};
  return {
    id: wiring.id,
    "aria-describedby": wiring.describedBy,
    "aria-invalid": wiring.invalid || undefined,
  };
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
  className?: string;
  /** The control's id, where something else must find it. */
  id?: string;
}

export function Field({ label, hint, error, children, className, id: given }: FieldProps) {
  const made = useId();
  const id = given ?? made;
  const about = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-dense font-semibold text-muted">
        {label}
      </label>
      <FieldContext value={{ id, describedBy: about || undefined, invalid: Boolean(error) }}>
        {children}
      </FieldContext>
      {hint && (
        <p id={`${id}-hint`} className="text-dense text-faint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-dense text-critical">
          {error}
        </p>
      )}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...useWiring()} {...rest} className={cx(control, "h-8", className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...useWiring()} {...rest} className={cx(control, "py-2", className)} />;
}

export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <select {...useWiring()} {...rest} className={cx(control, "h-8 pr-7", className)}>
      {children}
    </select>
  );
}

interface CheckProps extends Omit<ComponentProps<"input">, "type"> {
  label: ReactNode;
  hint?: ReactNode;
}

export function Checkbox({ label, hint, className, ...rest }: CheckProps) {
  return (
    <label className={cx("flex min-h-6 items-start gap-2", className)}>
      <input type="checkbox" {...rest} className="mt-0.5 size-4 shrink-0 accent-accent" />
      <span>
        {label}
        {hint && <span className="block text-dense text-faint">{hint}</span>}
      </span>
    </label>
  );
}

interface RadioProps<T extends string> {
  legend: string;
  name: string;
  value: T;
  options: readonly { value: T; label: ReactNode; hint?: ReactNode }[];
  onChange: (value: T) => void;
}

export function RadioGroup<T extends string>({ legend, name, value, options, onChange }: RadioProps<T>) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-dense font-semibold text-muted">{legend}</legend>
      {options.map(option => (
        <label key={option.value} className="flex min-h-6 items-start gap-2">
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span>
            {option.label}
            {option.hint && <span className="block text-dense text-faint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
