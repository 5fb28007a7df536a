// Shown when a page breaks or its code cannot be loaded (the server was updated under an open tab).
import { useRouteError } from "react-router";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/states";

export function LostPage() {
  const error = useRouteError();
  const message = error instanceof Error ? error.message : "unknown error";
  return (
    <main className="flex h-full min-h-64 items-center justify-center bg-canvas text-text">
      <Empty
        title="This page broke"
        action={
          <Button look="primary" onClick={() => window.location.reload()}>
            Load it again
          </Button>
        }
      >
        The rest of the console still works. If the server was just updated, loading again is all it takes.
        <span className="mt-2 block font-mono text-dense break-words text-faint">{message}</span>
      </Empty>
    </main>
  );
}
