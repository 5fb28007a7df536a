// Changes your password; every other device is signed out.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { client, done, failure } from "@/api/client";
import { useMe } from "@/api/me";
import { keys } from "@/api/queries";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { FormProblem, NewPassword, readForm } from "@/features/entry/fields";

export function Password() {
  const form = useRef<HTMLFormElement>(null);
  const cache = useQueryClient();
  const user = useMe();
  const change = useMutation({
    mutationFn: (body: { current_password: string; new_password: string }) =>
      done(client.POST("/api/auth/password", { body })),
    onSuccess: async () => {
      form.current?.reset();
      await cache.invalidateQueries({ queryKey: keys.sessions });
    },
  });
  const error = change.error ? failure(change.error) : null;
  return (
    <Panel title="Password" about="Changing it signs out every other device">
      <form
        ref={form}
        className="flex max-w-sm flex-col gap-4"
        onSubmit={event => {
          event.preventDefault();
          const field = readForm(event.currentTarget);
          change.mutate({ current_password: field("current"), new_password: field("password") });
        }}
      >
        <FormProblem error={error} />
        <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
        <Field label="Current password" error={error?.fields.current_password}>
          <Input name="current" type="password" autoComplete="current-password" required />
        </Field>
        <NewPassword label="New password" error={error?.fields.new_password} />
        <div className="flex items-center gap-3">
          <Button type="submit" busy={change.isPending}>
            Change the password
          </Button>
          {change.isSuccess && (
            <span role="status" className="text-ok">
              Changed.
            </span>
          )}
        </div>
      </form>
    </Panel>
  );
}
