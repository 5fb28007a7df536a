// Dialogs (centre) and drawers (side): trap focus, close on Esc, give focus back. Never one on top of another.
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "@/lib/cx";
import { IconButton } from "./button";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  about?: ReactNode;
  children: ReactNode;
  /** Wider than a form: for tables of keys and the like. */
  wide?: boolean;
}

export function Dialog({ open, onClose, title, about, children, wide = false }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={next => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="enter-fade fixed inset-0 z-40 bg-canvas/70" />
        <Radix.Content
          {...(about ? {} : { "aria-describedby": undefined })}
          className={cx(
            "enter-fade fixed top-1/2 left-1/2 z-40 flex max-h-[90dvh] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col overflow-auto rounded-panel border border-hairline bg-panel",
            wide ? "max-w-2xl" : "max-w-md",
          )}
        >
          <div className="flex items-start gap-4 px-6 pt-5">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lead">{title}</Radix.Title>
              {about && <Radix.Description className="mt-1 text-muted">{about}</Radix.Description>}
            </div>
            <Radix.Close
              aria-label="Close"
              className="-mt-1 -mr-2 inline-flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-raised hover:text-text"
            >
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </div>
          <div className="px-6 pt-4 pb-6">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface DrawerProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Sits beside the title: copy the link, previous, next. */
  actions?: ReactNode;
  children: ReactNode;
  /** The id of the element that gets the focus back; by default the one that had it. */
  opener?: string | null;
}

/** Not modal: the list beside it stays alive, so that j and k can step through it. */
export function Drawer({ open, onClose, title, actions, children, opener = null }: DrawerProps) {
  // On closing, the owner has forgotten already what was open.
  const last = useRef(opener);
  useEffect(() => {
    if (opener !== null) last.current = opener;
  }, [opener]);
  return (
    <Radix.Root open={open} modal={false} onOpenChange={next => !next && onClose()}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={event => {
            // The drawer itself takes the focus, not its first button: nobody asked for that one.
            event.preventDefault();
            if (event.target instanceof HTMLElement) event.target.focus();
          }}
          onInteractOutside={event => event.preventDefault()}
          onCloseAutoFocus={event => {
            const element = last.current && document.getElementById(last.current);
            if (!element) return;
            event.preventDefault();
            element.focus();
          }}
          className="enter-side fixed inset-y-0 right-0 z-30 flex w-full outline-none max-w-[640px] flex-col border-l border-hairline bg-panel min-[900px]:w-[46vw] min-[900px]:min-w-[480px] min-[900px]:max-w-[720px]"
        >
          <div className="flex h-12 shrink-0 items-center gap-2 border-b border-hairline pr-2 pl-4">
            <Radix.Title className="min-w-0 flex-1 truncate text-body">{title}</Radix.Title>
            {actions}
            <Radix.Close asChild>
              <IconButton name="Close" hint="Close (Esc)">
                <X />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The rail on narrow screens: modal, from the left. */
export function SideSheet({ open, onClose, title, children }: Omit<DialogProps, "about" | "wide">) {
  return (
    <Radix.Root open={open} onOpenChange={next => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="enter-fade fixed inset-0 z-40 bg-canvas/70" />
        <Radix.Content
          aria-describedby={undefined}
          className="enter-left fixed inset-y-0 left-0 z-40 flex w-[264px] max-w-[85vw] flex-col overflow-y-auto border-r border-hairline bg-panel"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
