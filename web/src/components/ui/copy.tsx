// Copying: ids and secrets are shown short and copied whole.
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "@/lib/cx";
import { shortenId } from "@/lib/ids";
import { IconButton } from "./button";
import { Tooltip } from "./tooltip";

/** Writes to the clipboard; without a secure context (plain HTTP) the old way still works. */
export async function copyText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = value;
    area.className = "sr-only";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

function useCopied(value: string): [boolean, () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_600);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, () => void copyText(value).then(setCopied)];
}

export function CopyButton({ value, name }: { value: string; name: string }) {
  const [copied, copy] = useCopied(value);
  return (
    <IconButton name={copied ? "Copied" : name} onClick={copy}>
      {copied ? <Check className="text-ok" /> : <Copy />}
    </IconButton>
  );
}

/** An id in the text: short in the middle, copied whole by a click. */
export function CopyText({
  value,
  whole = false,
  className,
}: {
  value: string;
  whole?: boolean;
  className?: string;
}) {
  const [copied, copy] = useCopied(value);
  return (
    <Tooltip hint={copied ? "Copied" : whole ? "Copy" : `Copy ${value}`}>
      <button
        type="button"
        onClick={event => {
          event.stopPropagation();
          copy();
        }}
        className={cx(
          "min-h-6 break-all rounded-control text-left font-mono text-dense hover:text-accent",
          className,
        )}
      >
        {whole ? value : shortenId(value)}
        <span aria-live="polite" className="sr-only">
          {copied ? "copied" : ""}
        </span>
      </button>
    </Tooltip>
  );
}
