// Sign-in with a password. One message for every failure; a lock-out says when it ends; the place asked for is kept.
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearchParams } from "react-router";
import { client, unwrap } from "@/api/client";
import { authStateQuery } from "@/api/queries";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormProblem, readForm } from "@/features/entry/fields";
import { EntryFrame } from "@/features/entry/frame";
import { useEntry } from "@/features/entry/use-entry";
import { paths, safeNext } from "@/lib/paths";

export default function LoginPage() {
  const [search] = useSearchParams();
  const state = useQuery(authStateQuery);
  const entry = useEntry(
    (body: { email: string; password: string }) => unwrap(client.POST("/api/auth/login", { body })),
    safeNext(search.get("next")),
  );
  if (state.data?.setup_required) return <Navigate to={paths.setup()} replace />;
  return (
    <EntryFrame title="Sign in">
      <form
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          const field = readForm(event.currentTarget);
          entry.submit({ email: field("email").trim(), password: field("password") });
        }}
      >
        <FormProblem error={entry.error} />
        <Field label="E-mail">
          <Input name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
        <Field label="Password">
          <Input name="password" type="password" autoComplete="current-password" required />
        </Field>
        <Button type="submit" look="primary" busy={entry.busy}>
          Sign in
        </Button>
        {state.data?.registration === "open" && (
          <p className="text-center text-muted">
            No account?{" "}
            <Link to={paths.register()} className="text-accent underline">
              Register
            </Link>
          </p>
        )}
      </form>
    </EntryFrame>
  );
}
