// A secret that is shown once: whole, to copy, with the warning that it will not come back.
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { CopyButton } from "./copy";

export function SecretOnce({ value, name, children }: { value: string; name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-start gap-2 text-high">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>{children}</span>
      </p>
      <div className="flex items-center gap-2 rounded-control border border-edge bg-canvas py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 font-mono text-dense break-all">{value}</code>
        <CopyButton value={value} name={`Copy the ${name}`} />
      </div>
    </div>
  );
}
