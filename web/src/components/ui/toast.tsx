// Short notices in the corner: done, or undone within ten seconds. Never an error's only trace.
import { Toaster as Sonner, toast } from "sonner";
import { useTheme } from "@/lib/theme";

export function Toaster() {
  const theme = useTheme();
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-panel border border-hairline bg-raised px-4 py-3 font-sans text-body text-text",
          description: "text-muted",
          actionButton:
            "ml-auto h-7 shrink-0 rounded-control border border-edge px-2 text-dense font-semibold text-text hover:bg-panel",
        },
      }}
    />
  );
}

/** Says that something was done. */
export function notify(message: string) {
  toast(message, { duration: 4_000 });
}

/** Says that something was done and offers to take it back. */
export function notifyUndo(message: string, undo: () => void) {
  toast(message, { duration: 10_000, action: { label: "Undo", onClick: undo } });
}
