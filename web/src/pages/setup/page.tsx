// First run: the token the server printed, then the first administrator. Gone once done.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { client, unwrap } from "@/api/client";
import { authStateQuery } from "@/api/queries";
import { Button, buttonClass } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormProblem, NewPassword, readForm } from "@/features/entry/fields";
import { EntryFrame } from "@/features/entry/frame";
import { useEntry } from "@/features/entry/use-entry";
import { paths } from "@/lib/paths";

interface Form {
  token: string;
  email: string;
  name: string;
  password: string;
}

/** The token of the set-up link: `/setup?token=…` or `/setup#token=…`. */
function tokenOfLink(): string {
  const { search, hash } = window.location;
  return new URLSearchParams(search).get("token") ?? new URLSearchParams(hash.slice(1)).get("token") ?? "";
}

export default function SetupPage() {
  const [token] = useState(tokenOfLink);
  const navigate = useNavigate();
  const state = useQuery(authStateQuery);
  const entry = useEntry((body: Form) => unwrap(client.POST("/api/auth/setup", { body })), paths.overview());
  // The token is a secret: once read, it leaves the address bar and the history.
  useEffect(() => {
    if (tokenOfLink()) void navigate(paths.setup(), { replace: true });
  }, [navigate]);
  if (state.data && !state.data.setup_required && !entry.busy) {
    return (
      <EntryFrame
        title="Already set up"
        about="This AegisFlow has an administrator; the set-up link is used up."
      >
        <Link to={paths.login()} className={buttonClass("primary")}>
          Sign in
        </Link>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title="Welcome to AegisFlow" about="Make the first administrator; it takes under a minute.">
      <form
        className="flex flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          const field = readForm(event.currentTarget);
          entry.submit({
            token: token || field("token").trim(),
            email: field("email").trim(),
            name: field("name").trim(),
            password: field("password"),
          });
        }}
      >
        <FormProblem error={entry.error} />
        {token === "" && (
          <Field
            label="Set-up token"
            hint="Printed once by the server at its first start."
            error={entry.error?.fields.token}
          >
            <Input name="token" autoComplete="off" required className="font-mono" />
          </Field>
        )}
        <Field label="Your name" error={entry.error?.fields.name}>
          <Input name="name" autoComplete="name" required maxLength={200} autoFocus />
        </Field>
        <Field label="E-mail" error={entry.error?.fields.email}>
          <Input name="email" type="email" autoComplete="username" required />
        </Field>
        <NewPassword error={entry.error?.fields.password} />
        <Button type="submit" look="primary" busy={entry.busy}>
          Create administrator
        </Button>
      </form>
    </EntryFrame>
  );
}
