// Rows under a sticky header: virtual (a screenful in the DOM, however many are loaded), first column sticky, opened
// by click, Enter, j and k. Under 600 px each row is a card. Used by every list of the console.
// Invariant: columns keep their width whatever the rows hold, so nothing jumps while scrolling.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { Link, useNavigate } from "react-router";
import { cx } from "@/lib/cx";
import { density } from "@/lib/preferences";
import { useShortcuts } from "@/lib/shortcuts";
import { useSetting } from "@/lib/storage";
import { useNarrow } from "@/lib/use-media";

export interface Column<T> {
  id: string;
  header: string;
  /** Least width in pixels. */
  min: number;
  /** Share of the spare width; 0 keeps the least width. */
  grow?: number;
  align?: "end";
  /** On a card: in the first line, in the others, in the corner (a menu), or left out. */
  card?: "lead" | "line" | "corner" | "none";
  /** On a card the header stands before the value, where the value alone would be a riddle. */
  named?: boolean;
  /** A sentence: it takes two lines where a row is high enough for them. */
  wraps?: boolean;
  cell: (row: T) => ReactNode;
}

interface DataTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** The address a row opens; its first cell is the link. */
  href?: (row: T) => string;
  /** The row that is open beside the table. */
  openKey?: string | null;
  /** A row that is not data (a gap): takes the whole width. */
  special?: (row: T) => ReactNode | null;
  /** Shown instead of rows when there are none. */
  empty: ReactNode;
  /** Under the last row: what is still to come. */
  footer?: ReactNode;
  /** Called when the last rows come into view. */
  onEnd?: () => void;
  /** Called as the view leaves its top or comes back to it. */
  onTop?: (atTop: boolean) => void;
  /** Fills its parent's height; otherwise as high as its rows, up to most of the window. */
  fill?: boolean;
  /** As high as its rows, however many: for lists that stay short, which would scroll within the page for a row or two. */
  unbound?: boolean;
}

/** The id of a row's link, for giving the focus back. */
export function rowId(key: string): string {
  return `row-${key}`;
}

/** True for a click on the row itself: not on a control in it, nor in a menu that opened from it elsewhere. */
function isOnRow(row: Element, target: EventTarget): boolean {
  return (
    target instanceof Element && row.contains(target) && !target.closest("a, button, input, select, label")
  );
}

function rowHeight(narrow: boolean, dense: boolean): number {
  if (narrow) return 76;
  return dense ? 28 : 36;
}

export function DataTable<T>(props: DataTableProps<T>) {
  const {
    label,
    columns,
    rows,
    rowKey,
    href,
    openKey = null,
    special,
    empty,
    footer,
    onEnd,
    onTop,
    fill = false,
    unbound = false,
  } = props;
  const narrow = useNarrow();
  const dense = useSetting(density) === "dense";
  const box = useRef<HTMLDivElement>(null);
  const height = rowHeight(narrow, dense);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    getItemKey: index => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
    overscan: 8,
    scrollPaddingStart: narrow ? 0 : 32,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are measured anew when the row height changes
  useEffect(() => virtual.measure(), [height]);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 20) onEnd?.();
  }, [lastShown, rows.length, onEnd]);
  useRowKeys(props, index => virtual.scrollToIndex(index));

  const tracks = useMemo(
    () => ({
      gridTemplateColumns: columns.map(c => `minmax(${c.min}px, ${c.grow ?? 0}fr)`).join(" "),
      minWidth: columns.reduce((sum, c) => sum + c.min, 0) + 32,
    }),
    [columns],
  );
  const navigate = useNavigate();
  if (rows.length === 0) return <div className={cx(fill && "min-h-0 flex-1")}>{empty}</div>;
  return (
    <div
      ref={box}
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      onScroll={onTop && (event => onTop(event.currentTarget.scrollTop < 4))}
      className={cx(
        "relative overflow-auto overscroll-contain",
        fill ? "min-h-64 flex-1 max-md:max-h-[75dvh]" : !unbound && "max-h-[70dvh]",
      )}
    >
      <div
        role="rowgroup"
        className={narrow ? "sr-only" : "sticky top-0 z-20 bg-panel"}
        style={narrow ? {} : { minWidth: tracks.minWidth }}
      >
        <div
          role="row"
          aria-rowindex={1}
          className="grid h-8 items-center border-b border-hairline px-4"
          style={tracks}
        >
          {columns.map((column, i) => (
            <div
              key={column.id}
              role="columnheader"
              className={cx(
                "truncate bg-panel pr-3 text-dense font-semibold text-faint",
                column.align === "end" && "text-right",
                i === 0 && "sticky left-0 z-10 -ml-4 pl-4",
              )}
            >
              {column.header}
            </div>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className="relative"
        style={{ height: virtual.getTotalSize(), minWidth: narrow ? 0 : tracks.minWidth }}
      >
        {items.map(item => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const to = href?.(row);
          const whole = special?.(row);
          const key = rowKey(row);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the row's link does the same for the keyboard
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              aria-current={key === openKey ? "true" : undefined}
              data-index={item.index}
              ref={narrow ? virtual.measureElement : undefined}
              onClick={event => {
                if (to && isOnRow(event.currentTarget, event.target)) void navigate(to);
              }}
              className={cx(
                "absolute inset-x-0 top-0 px-4 contain-content",
                (Boolean(footer) || item.index < rows.length - 1) && "border-b border-hairline",
                narrow ? "flex flex-wrap items-center gap-x-3 gap-y-0.5 py-2" : "grid items-center",
                narrow && columns.some(column => column.card === "corner") && "!pr-11",
                whole !== null && whole !== undefined && "!flex",
                key === openKey ? "bg-raised" : "bg-panel",
                to && "cursor-pointer hover:bg-raised",
                dense && "text-dense",
              )}
              style={{
                transform: `translateY(${item.start}px)`,
                ...(narrow ? {} : { ...tracks, height }),
              }}
            >
              {whole ? (
                <div role="cell" aria-colspan={columns.length} className="flex-1">
                  {whole}
                </div>
              ) : (
                <Cells columns={columns} row={row} narrow={narrow} dense={dense} to={to} id={rowId(key)} />
              )}
            </div>
          );
        })}
      </div>
      {footer && <div className="sticky left-0 px-4 py-2">{footer}</div>}
    </div>
  );
}

interface CellsProps<T> {
  columns: readonly Column<T>[];
  row: T;
  narrow: boolean;
  dense: boolean;
  to: string | undefined;
  id: string;
}

function Cells<T>({ columns, row, narrow, dense, to, id }: CellsProps<T>) {
  const shown = narrow ? columns.filter(column => column.card !== "none") : columns;
  const lead = shown.filter(column => column.card === "lead").length;
  const ordered = narrow
    ? [...shown.filter(column => column.card === "lead"), ...shown.filter(column => column.card !== "lead")]
    : shown;
  return ordered.map((column, i) => {
    const content = column.cell(row);
    return (
      <div
        key={column.id}
        role="cell"
        className={cx(
          narrow ? "min-w-0 max-w-full" : "bg-inherit pr-3",
          column.wraps && (narrow || !dense) ? "line-clamp-2 text-dense" : "truncate",
          narrow && column.card === "corner" && "absolute top-1.5 right-2",
          narrow && i >= lead && "text-dense text-muted",
          narrow && i === lead - 1 && "mr-auto",
          !narrow && column.align === "end" && "text-right",
          !narrow && i === 0 && "sticky left-0 z-10 -ml-4 pl-4",
        )}
      >
        {narrow && column.named && <span className="text-faint">{column.header} </span>}
        {to && column === columns[0] ? (
          <Link id={id} to={to} className="rounded-control hover:text-accent">
            {content}
          </Link>
        ) : (
          content
        )}
      </div>
    );
  });
}

/** j and k: with a row open they open the next one, else they move the focus. A dot goes to the row's menu. */
function useRowKeys<T>(
  { rows, rowKey, href, openKey = null }: DataTableProps<T>,
  scrollTo: (index: number) => void,
) {
  const navigate = useNavigate();
  const step = (direction: 1 | -1) => {
    if (!href) return;
    const focused = document.activeElement?.id ?? "";
    const at = rows.findIndex(row =>
      openKey === null ? rowId(rowKey(row)) === focused : rowKey(row) === openKey,
    );
    const index = Math.min(rows.length - 1, Math.max(0, at === -1 ? 0 : at + direction));
    const row = rows[index];
    if (row === undefined) return;
    scrollTo(index);
    if (openKey !== null) void navigate(href(row), { replace: true });
    // The row may be drawn only now that it was scrolled to.
    else
      requestAnimationFrame(() =>
        requestAnimationFrame(() => document.getElementById(rowId(rowKey(row)))?.focus()),
      );
  };
  // The focused row, or the open one, may have a menu.
  const menu = () => {
    const link = openKey === null ? document.activeElement : document.getElementById(rowId(openKey));
    link?.closest("[role=row]")?.querySelector<HTMLElement>("[data-row-menu]")?.focus();
  };
  useShortcuts({ j: () => step(1), k: () => step(-1), ".": menu });
}
