// The states of a region besides its content: loading, empty, failed. Each says what is awaited, missing or wrong,
// and what to do about it; one failed region never blanks the page.
import type { UseQueryResult } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { failure } from "@/api/client";
import { cx } from "@/lib/cx";
import { Button } from "./button";
import { CopyText } from "./copy";

/** A skeleton of the final size; after two seconds it says what is awaited. */
export function Loading({ what, className }: { what: string; className?: string }) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 2_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      role="status"
      className={cx("skeleton flex min-h-24 items-center justify-center p-4 text-muted", className)}
    >
      {long ? `Still waiting for ${what}…` : <span className="sr-only">Loading {what}</span>}
    </div>
  );
}

export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <p className="font-head text-lead font-semibold">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** What a page says of itself while its figures are not there: what it waits for, or that they failed. */
export function awaiting({ isError }: Pick<UseQueryResult, "isError">, what: string): string {
  return isError ? "The figures could not be read; below is why." : what;
}

interface FailedProps {
  error: unknown;
  retry?: () => void;
  /** What could not be loaded. */
  what?: string;
  /** Or, of an act that failed, what that means. */
  title?: string;
}

export function Failed({ error, retry, what, title }: FailedProps) {
  const problem = failure(error);
  return (
    <div role="alert" className="flex flex-wrap items-start gap-3 p-4">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-critical" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-semibold">{title ?? (what ? `Could not load ${what}` : "That did not work")}</p>
        <p className="text-muted">{problem.message}</p>
        {problem.requestId && (
          <p className="mt-1 text-dense text-faint">
            Request <CopyText value={problem.requestId} />
          </p>
        )}
      </div>
      {retry && (
        <Button small onClick={retry}>
          Retry
        </Button>
      )}
    </div>
  );
}

interface RegionProps<T> {
  query: UseQueryResult<T>;
  what: string;
  children: (data: T) => ReactNode;
  /** The skeleton's size. */
  className?: string;
  /** Stands on the bare page: a failure brings its own panel. */
  framed?: boolean;
}

/** Shows a query's answer, or its state; an old answer stays on screen, marked, when a newer one fails. */
export function Region<T>({ query, what, children, className, framed = false }: RegionProps<T>) {
  const frame = framed && "rounded-panel border border-hairline bg-panel";
  if (query.data === undefined) {
    if (query.isError) {
      return (
        <div className={cx(frame)}>
          <Failed error={query.error} retry={() => query.refetch()} what={what} />
        </div>
      );
    }
    return <Loading what={what} {...(className ? { className } : {})} />;
  }
  return (
    <>
      {query.isError && (
        <div className={cx(frame || "border-b border-hairline")}>
          <Failed
            error={query.error}
            retry={() => query.refetch()}
            what={`newer ${what}; these are from before`}
          />
        </div>
      )}
      {children(query.data)}
    </>
  );
}
