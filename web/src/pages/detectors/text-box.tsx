// A frame around a text that may be long: it scrolls, by keyboard, too.
import type { ReactNode } from "react";

export function TextBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="max-h-64 overflow-auto rounded-control border border-hairline bg-canvas px-3 py-2 font-mono text-dense leading-5"
    >
      {children}
    </div>
  );
}
