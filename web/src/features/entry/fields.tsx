// What the entry forms share: reading a form, the password field with its rule, and a refused form's message.
import type { ApiError } from "@/api/error";
import { Field, Input } from "@/components/ui/field";
import { instant, span } from "@/lib/format";
import { useZone } from "@/lib/preferences";

/** A form's text fields by name. */
export function readForm(form: HTMLFormElement): (name: string) => string {
  const data = new FormData(form);
  return name => {
    const value = data.get(name);
    return typeof value === "string" ? value : "";
  };
}

export function NewPassword({ error, label = "Password" }: { error?: string | undefined; label?: string }) {
  return (
    <Field
      label={label}
      hint="12 to 128 characters; no common password, and not the name in your address."
      error={error}
    >
      <Input
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={12}
        maxLength={128}
      />
    </Field>
  );
}

/** Why the form was refused; silent where each bad field says so itself. */
export function FormProblem({ error }: { error: ApiError | null }) {
  const zone = useZone();
  if (!error || Object.keys(error.fields).length > 0) return null;
  const until = error.retryAfter === null ? null : Date.now() + error.retryAfter * 1000;
  return (
    <div role="alert" className="rounded-control border border-critical px-3 py-2 text-critical">
      {error.message}
      {until !== null && error.retryAfter !== null && (
        <>
          {" "}
          Try again at {instant(until, zone, "clock")}, in {span(error.retryAfter)}.
        </>
      )}
      {error.requestId && error.status >= 500 && (
        <span className="block text-dense">Request {error.requestId}</span>
      )}
    </div>
  );
}
