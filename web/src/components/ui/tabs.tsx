// Tabs whose choice is in the address: links, one of them current.
import { Link } from "react-router";
import { cx } from "@/lib/cx";

interface TabsProps {
  label: string;
  tabs: readonly { id: string; name: string; count?: number; to: string }[];
  open: string;
}

export function Tabs({ label, tabs, open }: TabsProps) {
  return (
    <nav aria-label={label} className="-mb-px overflow-x-auto border-b border-hairline">
      <ul className="flex gap-1">
        {tabs.map(tab => (
          <li key={tab.id}>
            <Link
              to={tab.to}
              aria-current={tab.id === open ? "page" : undefined}
              className={cx(
                "inline-flex h-9 items-center gap-1.5 border-b-2 px-3 whitespace-nowrap",
                tab.id === open
                  ? "border-accent font-semibold text-text"
                  : "border-transparent text-muted hover:text-text",
              )}
            >
              {tab.name}
              {tab.count !== undefined && <span className="font-normal text-faint">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
