// Registration: by an invitation's link, or by anyone where the server allows it.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { client, unwrap } from "@/api/client";
import { authStateQuery } from "@/api/queries";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormProblem, NewPassword, readForm } from "@/features/entry/fields";
import { EntryFrame } from "@/features/entry/frame";
import { useEntry } from "@/features/entry/use-entry";
import { paths } from "@/lib/paths";

interface Form {
  email: string;
  name: string;
  password: string;
}

export default function RegisterPage() {
  const [search] = useSearchParams();
  const [invite] = useState(() => search.get("invite"));
  const state = useQuery(authStateQuery);
  const entry = useEntry(
    (form: Form) =>
      unwrap(client.POST("/api/auth/register", { body: invite ? { ...form, invite_token: invite } : form })),
    paths.overview(),
  );
  if (!invite && state.data && state.data.registration !== "open") {
    return (
      <EntryFrame title="By invitation only">
        <p className="text-muted">
          Registration here needs an invitation. Ask an administrator of this AegisFlow for a link, and open
          it whole.
        </p>
        <p className="mt-4">
          <Link to={paths.login()} className="text-accent underline">
            Sign in instead
          </Link>
        </p>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame
      title="Create your account"
      about={invite ? "Use the address the invitation was made for." : "New accounts may look, not change."}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          const field = readForm(event.currentTarget);
          entry.submit({
            email: field("email").trim(),
            name: field("name").trim(),
            password: field("password"),
          });
        }}
      >
        <FormProblem error={entry.error} />
        <Field label="E-mail" error={entry.error?.fields.email}>
          <Input name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
        <Field label="Name" error={entry.error?.fields.name}>
          <Input name="name" autoComplete="name" required maxLength={200} />
        </Field>
        <NewPassword error={entry.error?.fields.password} />
        <Button type="submit" look="primary" busy={entry.busy}>
          Create account
        </Button>
      </form>
    </EntryFrame>
  );
}
