// Marks with meaning: severity, action, status, vendor, demo. Always icon + word + colour, from this one file.
import type { ReactNode } from "react";
import type { Action, Severity, Status } from "@/api/types";
import { cx } from "@/lib/cx";
import { useTheme } from "@/lib/theme";
import { vendorColour, vendorName } from "@/lib/vendors";

export type Shape =
  | "diamond"
  | "triangle"
  | "square"
  | "disc"
  | "ring"
  | "tick"
  | "cross"
  | "mask"
  | "swap"
  | "flag"
  | "turn"
  | "pen"
  | "cut"
  | "dash"
  | "eye"
  | "stop";

const drawings: Record<Shape, ReactNode> = {
  diamond: <path d="M6 .8 11.2 6 6 11.2 .8 6Z" fill="currentColor" />,
  triangle: <path d="M6 1.2 11.4 10.800H.6Z" fill="currentColor" />,
  square: <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill="currentColor" />,
  disc: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  tick: (
    <path
      d="m1.8 6.4 2.8 2.8 5.6-6.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  cross: (
    <path
      d="m2.4 2.4 7.2 7.200m0-7.2-7.2 7.2"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    />
  ),
  mask: <path d="M1 4.500h10v3H1z" fill="currentColor" />,
  swap: (
    <path
      d="M2 4h7.500L7.5 2M10 8H2.500l2 2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  flag: (
    <path
      d="M2.5 11V1.500h7l-1.8 2.5 1.8 2.500h-7"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  turn: (
    <path
      d="M2 10V6.500A2.5 2.5 0 0 1 4.5 4H10M7.5 1.5 10 4 7.5 6.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  pen: (
    <path
      d="m2 10 .6-2.500L8.5 1.600l1.9 1.9-5.9 5.900Z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
    />
  ),
  dash: <path d="M3 6h6" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />,
  eye: (
    <path
      d="M.8 6S2.700 2.700 6 2.700 11.200 6 11.200 6 9.300 9.300 6 9.300 .8 6 .8 6Zm5.200-1.300a1.300 1.300 0 1 1 0 2.600 1.300 1.300 0 0 1 0-2.600Z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinejoin="round"
    />
  ),
  stop: (
    <path
      d="M6 1.200a4.800 4.800 0 1 1 0 9.600 4.800 4.800 0 0 1 0-9.600ZM2.700 2.700l6.600 6.600"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    />
  ),
  cut: <path d="M1 6h4M7 6h.5M10.5 6h.5" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />,
};

export function Glyph({ shape, className }: { shape: Shape; className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={cx("size-3 shrink-0", className)}>
      {drawings[shape]}
    </svg>
  );
}

export interface MarkProps {
  shape: Shape;
  colour: string;
  /** Only the icon is coloured: the normal case must not shout in every row. */
  quiet?: boolean;
  children: ReactNode;
}

/** An icon and a word in one colour: what marks of other nouns are made of. */
export function Mark({ shape, colour, quiet = false, children }: MarkProps) {
  return (
    <span className={cx("inline-flex items-center gap-1.5 whitespace-nowrap", quiet ? "text-muted" : colour)}>
      <Glyph shape={shape} className={colour} />
      {children}
    </span>
  );
}

const severities: Record<Severity, readonly [Shape, string]> = {
  critical: ["diamond", "text-critical"],
  high: ["triangle", "text-high"],
  medium: ["square", "text-medium"],
  low: ["disc", "text-low"],
  info: ["ring", "text-info"],
};

/** A severity; null means that nothing was found. */
export function SeverityMark({ severity }: { severity: Severity | null }) {
  if (severity === null) return <span className="text-faint">none</span>;
  const [shape, colour] = severities[severity];
  return (
    <Mark shape={shape} colour={colour}>
      {severity}
    </Mark>
  );
}

const actions: Record<Action, readonly [Shape, string, string]> = {
  allow: ["tick", "text-ok", "allowed"],
  flag: ["flag", "text-high", "flagged"],
  redact: ["mask", "text-accent", "redacted"],
  pseudonymise: ["swap", "text-accent", "pseudonymised"],
  block: ["cross", "text-critical", "blocked"],
  route: ["turn", "text-accent", "rerouted"],
  justify: ["pen", "text-accent", "justified"],
};

export function ActionMark({ action }: { action: Action }) {
  const [shape, colour, word] = actions[action];
  return (
    <Mark shape={shape} colour={colour} quiet={shape === "tick"}>
      {word}
    </Mark>
  );
}

const statuses: Record<Status, readonly [Shape, string, string]> = {
  ok: ["tick", "text-ok", "ok"],
  error: ["cross", "text-critical", "error"],
  truncated: ["cut", "text-high", "cut short"],
  blocked: ["cross", "text-critical", "blocked"],
};

export function StatusMark({ status }: { status: Status }) {
  const [shape, colour, word] = statuses[status];
  return (
    <Mark shape={shape} colour={colour} quiet={shape === "tick"}>
      {word}
    </Mark>
  );
}

/** Well or not, in words. */
export function HealthMark({ ok, yes = "ok", no = "failing" }: { ok: boolean; yes?: string; no?: string }) {
  return (
    <Mark shape={ok ? "tick" : "cross"} colour={ok ? "text-ok" : "text-critical"}>
      {ok ? yes : no}
    </Mark>
  );
}

/** A vendor's name beside its one colour; the model, where given, gives way first. `name`: of a vendor of one's own. */
export function VendorMark({ id, model, name }: { id: string; model?: string; name?: string }) {
  const theme = useTheme();
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1.5 align-bottom">
      <svg viewBox="0 0 8 8" aria-hidden="true" className="size-2 shrink-0">
        <rect width="8" height="8" rx="2" fill={vendorColour(id, theme)} />
      </svg>
      <span className={model === undefined ? "truncate" : "shrink-0"}>{name ?? vendorName(id)}</span>
      {model !== undefined && <span className="truncate text-faint">{model}</span>}
    </span>
  );
}

/** Every row made by the demo wears this. */
export function DemoMark() {
  return (
    <span className="rounded-control border border-edge px-1 text-dense text-muted" title="Made by the demo">
      demo
    </span>
  );
}

/** A neutral label. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex items-center whitespace-nowrap rounded-control border border-hairline bg-raised px-1.5 text-dense text-muted">
      {children}
    </span>
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-control border border-edge px-1 font-mono text-dense text-muted">
      {children}
    </kbd>
  );
}
