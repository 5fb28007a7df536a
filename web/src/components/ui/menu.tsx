// Menus that open from a button, on Radix: arrow keys, type-ahead, Esc.
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "@/lib/cx";

const item =
  "flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-control px-2 py-1 text-body text-text outline-none data-[disabled]:cursor-not-allowed data-[highlighted]:bg-raised data-[disabled]:text-faint [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted";

export function Menu({
  trigger,
  children,
  align = "end",
  label,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  label?: string;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="enter-rise z-50 max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-48 max-w-80 overflow-y-auto rounded-panel border border-hairline bg-panel p-1"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProps {
  onSelect: () => void;
  children: ReactNode;
  disabled?: boolean;
  danger?: boolean;
}

export function MenuItem({ onSelect, children, disabled = false, danger = false }: ItemProps) {
  return (
    <Radix.Item
      disabled={disabled}
      onSelect={onSelect}
      className={cx(item, danger && "text-critical [&>svg]:text-critical")}
    >
      {children}
    </Radix.Item>
  );
}

/** One of a few: the chosen one wears a tick. */
export function MenuChoice({
  chosen,
  onSelect,
  children,
}: {
  chosen: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Radix.CheckboxItem checked={chosen} onSelect={onSelect} className={item}>
      <span className="flex size-4 items-center">
        {chosen && <Check aria-hidden className="size-4 text-accent" />}
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1.5 text-dense text-faint">{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-hairline" />;
}

/** A menu entry that is a link. */
export function MenuLink({ children }: { children: ReactNode }) {
  return (
    <Radix.Item asChild className={item}>
      {children}
    </Radix.Item>
  );
}
