// The frame of a page's content: its title, what it answers, its main action, and notes about the address.
import type { ReactNode } from "react";
import { useEffect } from "react";
import { cx } from "@/lib/cx";

interface PageProps {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Fill the window's height on wide screens, so that a table scrolls inside. */
  fill?: boolean;
  /** Parameters of the address that meant nothing here. */
  ignored?: string[];
}

export function Page({ title, about, actions, children, fill = false, ignored = [] }: PageProps) {
  useEffect(() => {
    document.title = `${title} · AegisFlow`;
  }, [title]);
  return (
    <div className={cx("flex flex-col gap-4 p-4 sm:p-6", fill && "md:h-full md:min-h-[560px]")}>
      <header className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-title">{title}</h1>
          {about && <p className="text-muted">{about}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {ignored.length > 0 && (
        <p role="status" className="text-dense text-muted">
          Ignored in the address: <span className="font-mono">{ignored.join(", ")}</span> (unknown here or
          unreadable).
        </p>
      )}
      {children}
    </div>
  );
}

/** A bordered region with a heading. */
export function Panel({
  title,
  about,
  actions,
  children,
  className,
  flush = false,
}: {
  title?: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  flush?: boolean;
}) {
  return (
    <section
      className={cx(
        "min-w-0 rounded-panel border border-hairline bg-panel",
        flush && "overflow-hidden",
        className,
      )}
    >
      {title && (
        <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline px-4 py-1.5">
          <h2 className="text-body">{title}</h2>
          {about && <span className="text-dense text-faint">{about}</span>}
          {actions && <div className="ml-auto flex min-w-0 items-center gap-1">{actions}</div>}
        </header>
      )}
      <div className={flush ? "" : "p-4"}>{children}</div>
    </section>
  );
}

/** Facts as name and value, one per line. */
export function Facts({ items }: { items: readonly (readonly [ReactNode, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(96px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {items.map(([name, value], i) => (
        // Facts are a fixed list per place: their index is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: fixed list
        <div key={i} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
