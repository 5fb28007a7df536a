// Whether to go on asking after a page. The server bounds the work per page, so a page may be short, or empty,
// and yet not be the last. Pure.

/** Pages in a row that may come back short before a person is asked whether to keep looking. */
export const MAX_SHORT_RUN = 8;

export type Continuation = "end" | "on-demand" | "now" | "ask";

interface PageLike {
  items: readonly unknown[];
  next_cursor: string | null;
}

/**
 * What to do after `pages`: `now` goes on at once (the screen is not yet full), `on-demand` when somebody scrolls,
 * `ask` after too many short pages since the `asked`-th, `end` when there is nothing more.
 */
export function continuation(pages: readonly PageLike[], limit: number, asked: number): Continuation {
  const last = pages.at(-1);
  if (!last) return "on-demand";
  if (last.next_cursor === null) return "end";
  const short = (page: PageLike) => page.items.length < limit / 2;
  if (!short(last)) return "on-demand";
  let run = 0;
  for (let i = pages.length - 1; i >= asked; i -= 1) {
    const page = pages[i];
    if (!page || !short(page)) break;
    run += 1;
  }
  return run >= MAX_SHORT_RUN ? "ask" : "now";
}
