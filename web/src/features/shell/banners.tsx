// What must be said on every page: that the data is a demo's, that the line is not encrypted.
import { useQuery } from "@tanstack/react-query";
import { FlaskConical, LockOpen } from "lucide-react";
import { authStateQuery } from "@/api/queries";

export function Banners() {
  const state = useQuery(authStateQuery);
  return (
    <>
      {state.data?.demo && (
        <p
          role="note"
          className="flex items-center justify-center gap-2 border-b border-hairline bg-raised px-4 py-1.5 text-center text-dense"
        >
          <FlaskConical aria-hidden className="size-4 shrink-0 text-accent" />
          <span>
            <strong>Demo data.</strong> Simulated traffic through the real pipeline; every row of it is
            marked.
          </span>
        </p>
      )}
      {state.data?.insecure_http && (
        <p
          role="note"
          className="flex items-center justify-center gap-2 border-b border-high bg-panel px-4 py-1.5 text-center text-dense text-high"
        >
          <LockOpen aria-hidden className="size-4 shrink-0" />
          <span>
            <strong>Plain HTTP.</strong> Anyone on the network can read this page and take over the session.
          </span>
        </p>
      )}
    </>
  );
}
