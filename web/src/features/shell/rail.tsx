// The menu: sections and their pages, as far as the person's role opens them. Folds to icons; links keep the range.
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { NavLink } from "react-router";
import { contains, useMe } from "@/api/me";
import { IconButton } from "@/components/ui/button";
import { Logo } from "@/components/ui/logo";
import { Tooltip } from "@/components/ui/tooltip";
import { cx } from "@/lib/cx";
import { rangeSpec } from "@/lib/event-query";
import { formatFilters, searchString } from "@/lib/filters";
import { type PageEntry, SECTIONS } from "@/lib/page-entry";
import { rail } from "@/lib/preferences";
import { DEFAULT_RANGE, type RangeQuery } from "@/lib/range";
import { useSetting } from "@/lib/storage";
import { useRange } from "@/lib/use-filters";

/** What is chosen goes along; a page may begin with a longer range than the usual one. */
function rangeFor(page: PageEntry, chosen: RangeQuery): RangeQuery {
  const usual = "range" in chosen && chosen.range === DEFAULT_RANGE;
  return usual && page.range ? { range: page.range } : chosen;
}

interface RailProps {
  pages: readonly PageEntry[];
  folded: boolean;
  onNavigate?: () => void;
}

function Entry({ page, folded, onNavigate }: { page: PageEntry } & Omit<RailProps, "pages">) {
  const [range] = useRange();
  const search = page.ranged ? searchString(formatFilters(rangeSpec, rangeFor(page, range))) : "";
  const link = (
    <NavLink
      to={page.path + search}
      end={page.path === "/" || page.path === "/cost"}
      {...(onNavigate ? { onClick: onNavigate } : {})}
      // Words, not a function: the tooltip of a folded entry joins its classes to these.
      className={cx(
        "flex h-8 items-center gap-2.5 rounded-control px-2.5 text-muted hover:bg-raised hover:text-text",
        "aria-[current=page]:bg-raised aria-[current=page]:font-semibold aria-[current=page]:text-text",
        folded && "justify-center px-0",
      )}
    >
      <page.icon aria-hidden className="size-4 shrink-0" />
      <span className={folded ? "sr-only" : "truncate"}>{page.title}</span>
    </NavLink>
  );
  return (
    <li>
      {folded ? (
        <Tooltip hint={page.title} side="right">
          {link}
        </Tooltip>
      ) : (
        link
      )}
    </li>
  );
}

export function RailContent({ pages, folded, onNavigate }: RailProps) {
  const user = useMe();
  const open = pages.filter(page => page.section !== null && contains(user.role, page.role));
  return (
    <nav aria-label="Main" className="flex flex-1 flex-col gap-4 overflow-y-auto px-2 py-3">
      {SECTIONS.map(section => {
        const entries = open.filter(page => page.section === section);
        if (entries.length === 0) return null;
        return (
          <div key={section}>
            <p
              className={cx("px-2.5 pb-1 text-dense text-faint", folded && "sr-only")}
              id={`rail-${section}`}
            >
              {section}
            </p>
            <ul aria-labelledby={`rail-${section}`} className="flex flex-col gap-0.5">
              {entries.map(page => (
                <Entry key={page.path} page={page} folded={folded} {...(onNavigate ? { onNavigate } : {})} />
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

export function Brand({ folded = false }: { folded?: boolean }) {
  return (
    <div
      className={cx(
        "flex h-12 shrink-0 items-center gap-2 border-b border-hairline px-4",
        folded && "justify-center px-0",
      )}
    >
      <Logo />
      <span className={folded ? "sr-only" : "font-head text-lead font-semibold tracking-tight"}>
        AegisFlow
      </span>
    </div>
  );
}

export function Rail({ pages }: { pages: readonly PageEntry[] }) {
  const folded = useSetting(rail) === "folded";
  return (
    <aside
      aria-label="Menu"
      className={cx(
        "flex shrink-0 flex-col border-r border-hairline bg-panel",
        folded ? "w-14" : "w-[232px]",
      )}
    >
      <Brand folded={folded} />
      <RailContent pages={pages} folded={folded} />
      <div className={cx("border-t border-hairline p-2", folded && "flex justify-center")}>
        <IconButton
          name={folded ? "Unfold the menu" : "Fold the menu"}
          onClick={() => rail.set(folded ? "open" : "folded")}
        >
          {folded ? <PanelLeftOpen /> : <PanelLeftClose />}
        </IconButton>
      </div>
    </aside>
  );
}
