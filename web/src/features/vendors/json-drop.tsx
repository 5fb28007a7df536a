// A key file: dropped, chosen or pasted, and checked field by field before anything is sent. Shows no secret of it.
import { FileJson, X } from "lucide-react";
import { type DragEvent, useId, useRef, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Textarea } from "@/components/ui/field";
import { Mark } from "@/components/ui/marks";
import { cx } from "@/lib/cx";
import { type JsonLine, MOST_FILE, readJson } from "./auth-form";
import { FieldHint, FieldLabel, type FieldProps } from "./field-parts";

export function JsonDrop({ field, value, error, onChange, onLeave }: FieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const [pasting, setPasting] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setName(file.name);
    // Only as much is read as a key file can be: the check then says that it is too large.
    onChange(await file.slice(0, MOST_FILE + 1).text());
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const forget = () => {
    onChange("");
    setName(null);
    setPasting(false);
  };
  return (
    <div
      className="flex flex-col gap-1"
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint`}
    >
      <p id={`${id}-label`} className="text-dense font-semibold text-muted">
        <FieldLabel field={field} />
      </p>
      {value !== "" && !pasting ? (
        <FileCheck name={name} lines={readJson(value, field.json_fields)} onForget={forget} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside do the same without a mouse
        <div
          onDragOver={event => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
          className={cx(
            "flex flex-col items-center gap-2 rounded-control border border-dashed px-4 py-5 text-center",
            over ? "border-accent bg-raised" : "border-edge bg-canvas",
          )}
        >
          <FileJson aria-hidden className="size-5 text-muted" />
          <p className="text-muted">
            Drop the file here, such as <span className="font-mono text-dense">{field.example}</span>
          </p>
          <div className="flex flex-wrap justify-center gap-2">
            <Button small onClick={() => input.current?.click()}>
              Choose a file
            </Button>
            <Button small look="quiet" onClick={() => setPasting(!pasting)}>
              {pasting ? "Do not paste" : "Paste its text"}
            </Button>
          </div>
          <input
            ref={input}
            type="file"
            accept="application/json,.json"
            aria-label={field.label}
            tabIndex={-1}
            className="sr-only"
            onChange={event => {
              void take(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
          {pasting && (
            <Textarea
              rows={4}
              aria-label={`${field.label} as text`}
              spellCheck={false}
              autoComplete="off"
              className="font-mono !text-dense"
              onPaste={event => {
                event.preventDefault();
                onChange(event.clipboardData.getData("text"));
                setPasting(false);
              }}
              onBlur={event => {
                if (event.target.value.trim() === "") return onLeave();
                onChange(event.target.value);
                setPasting(false);
              }}
            />
          )}
        </div>
      )}
      <p id={`${id}-hint`} className="text-dense text-faint">
        <FieldHint field={field} />
      </p>
      {error && <p className="text-dense text-critical">{error}</p>}
    </div>
  );
}

function FileCheck({
  name,
  lines,
  onForget,
}: {
  name: string | null;
  lines: JsonLine[];
  onForget: () => void;
}) {
  const wrong = lines.filter(line => line.wrong !== null).length;
  return (
    <div className="rounded-control border border-edge bg-canvas">
      <div className="flex items-center gap-2 border-b border-hairline py-1 pr-1 pl-3">
        <FileJson aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate">{name ?? "Pasted text"}</span>
        <span role="status" className={cx("text-dense", wrong > 0 ? "text-critical" : "text-ok")}>
          {wrong > 0 ? `${wrong} of ${lines.length} fields are wrong` : `${lines.length} fields are right`}
        </span>
        <IconButton name="Take another file" onClick={onForget}>
          <X />
        </IconButton>
      </div>
      <ul className="flex flex-col py-1">
        {lines.map(line => (
          <li key={line.name} className="flex min-w-0 flex-wrap items-center gap-x-3 px-3 py-0.5 text-dense">
            <Mark
              shape={line.wrong === null ? "tick" : "cross"}
              colour={line.wrong === null ? "text-ok" : "text-critical"}
            >
              <span className="font-mono">{line.name}</span>
            </Mark>
            <span className={cx("min-w-0 flex-1 truncate", line.wrong ? "text-critical" : "text-muted")}>
              {line.wrong ?? line.shown ?? "there, not shown"}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
