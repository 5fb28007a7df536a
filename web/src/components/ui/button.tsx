// Buttons. A forbidden act stays visible, says why, and does nothing: `refused` instead of `disabled`.
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/lib/cx";
import { Tooltip } from "./tooltip";

export type Look = "primary" | "plain" | "quiet" | "danger";

const looks: Record<Look, string> = {
  primary: "border-accent bg-accent text-on-accent hover:brightness-95",
  plain: "border-edge bg-panel text-text hover:bg-raised",
  quiet: "border-transparent text-muted hover:bg-raised hover:text-text",
  danger: "border-critical bg-panel text-critical hover:bg-raised",
};

/** The classes of a button, for links that look like one. */
export function buttonClass(look: Look = "plain", small = false): string {
  return cx(
    "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-semibold transition-colors",
    small ? "h-7 px-2 text-dense" : "h-8 px-3 text-body",
    looks[look],
    "disabled:opacity-50 aria-disabled:opacity-50",
  );
}

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  small?: boolean;
  /** Why the act is not allowed now; shown on hover and focus. */
  refused?: string | null | undefined;
  /** The act is under way. */
  busy?: boolean;
}

export function Button({
  look,
  small,
  refused,
  busy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const button = (
    <button
      type="button"
      {...rest}
      aria-disabled={refused || busy ? true : undefined}
      onClick={event => {
        if (refused || busy) event.preventDefault();
        else onClick?.(event);
      }}
      className={cx(buttonClass(look, small), className)}
    >
      {busy && <LoaderCircle aria-hidden className="size-3.5 animate-spin motion-reduce:animate-none" />}
      {children}
    </button>
  );
  return refused ? <Tooltip hint={refused}>{button}</Tooltip> : button;
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label"> {
  /** The button's name, also its hint. */
  name: string;
  hint?: ReactNode;
  children: ReactNode;
}

export function IconButton({ name, hint, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip hint={hint ?? name}>
      <button
        type="button"
        {...rest}
        aria-label={name}
        className={cx(
          "inline-flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-raised hover:text-text disabled:opacity-50 [&>svg]:size-4",
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}
