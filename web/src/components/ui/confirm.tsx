// Asks before what cannot be undone: names the act, the object and its effect; the worst ones want the name typed.
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field, Input } from "./field";
import { Failed } from "./states";

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** The act, as the button says it. */
  act: string;
  onConfirm: () => void;
  busy: boolean;
  error: Error | null;
  /** What must be typed first. */
  typed?: string;
}

export function Confirm({
  open,
  onClose,
  title,
  children,
  act,
  onConfirm,
  busy,
  error,
  typed,
}: ConfirmProps) {
  return (
    <Dialog open={open} onClose={onClose} title={title} about={children}>
      <ConfirmForm
        {...{ onClose, act, onConfirm, busy, error }}
        {...(typed === undefined ? {} : { typed })}
      />
    </Dialog>
  );
}

function ConfirmForm({
  onClose,
  act,
  onConfirm,
  busy,
  error,
  typed,
}: Omit<ConfirmProps, "open" | "title" | "children">) {
  const [text, setText] = useState("");
  const ready = typed === undefined || text.trim() === typed;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={event => {
        event.preventDefault();
        if (ready && !busy) onConfirm();
      }}
    >
      {typed !== undefined && (
        <Field
          label={
            <>
              Type <span className="font-mono text-text">{typed}</span> to go on
            </>
          }
        >
          <Input
            value={text}
            onChange={event => setText(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      )}
      {error && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="danger" busy={busy} refused={ready ? null : "Type the name first."}>
          {act}
        </Button>
      </div>
    </form>
  );
}
