// The frame of the pages before the console: sign-in, registration, first run.
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { authStateQuery } from "@/api/queries";
import { Logo } from "@/components/ui/logo";

export function EntryFrame({
  title,
  about,
  children,
}: {
  title: string;
  about?: ReactNode;
  children: ReactNode;
}) {
  const state = useQuery(authStateQuery);
  useEffect(() => {
    document.title = `${title} · AegisFlow`;
  }, [title]);
  return (
    <div className="flex min-h-dvh flex-col bg-canvas">
      {state.data?.insecure_http && (
        <p role="note" className="border-b border-high bg-panel px-4 py-2 text-center text-high">
          This page came over plain HTTP: anyone on the network can read what you type.
        </p>
      )}
      <main className="mx-auto flex w-full max-w-[400px] flex-1 flex-col justify-center px-4 py-12">
        <div className="mb-6 flex items-center gap-2.5">
          <Logo className="size-8" />
          <span className="font-head text-title font-semibold tracking-tight">AegisFlow</span>
        </div>
        <section className="rounded-panel border border-hairline bg-panel p-6">
          <h1 className="text-title">{title}</h1>
          {about && <div className="mt-1 text-muted">{about}</div>}
          <div className="mt-5">{children}</div>
        </section>
        <p className="mt-4 text-center text-dense text-faint">
          {state.data ? `AegisFlow ${state.data.version}${state.data.demo ? " · demo data" : ""}` : " "}
        </p>
      </main>
    </div>
  );
}
