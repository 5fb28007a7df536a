// What the live page shows: the newest rows up to a bound, frozen while paused, holes in the stream as rows.
// Pure: knows neither sockets nor the screen.
// Invariant: an event is in it at most once; at most CAPACITY rows are kept, waiting ones included.
import type { EventRow } from "@/api/types";
import { Ring } from "@/lib/ring";
import type { Gap } from "./messages";

export const CAPACITY = 5_000;

export type LiveRow =
  | { kind: "event"; key: string; event: EventRow }
  | { kind: "gap"; key: string; gap: Gap };

export class LiveBuffer {
  private readonly ring: Ring<LiveRow>;
  private readonly known = new Set<string>();
  private frozen: LiveRow[] | null = null;
  private gaps = 0;
  /** Events that came while paused. */
  waiting = 0;
  /** The newest event seen: where a new connection goes on. */
  last: string | null = null;

  constructor(capacity = CAPACITY) {
    this.ring = new Ring(capacity);
  }

  get paused(): boolean {
    return this.frozen !== null;
  }

  event(event: EventRow) {
    if (this.known.has(event.id)) return;
    this.last = event.id;
    if (this.paused) this.waiting += 1;
    this.known.add(event.id);
    this.push({ kind: "event", key: event.id, event });
  }

  gap(gap: Gap) {
    this.gaps += 1;
    this.push({ kind: "gap", key: `gap-${this.gaps}`, gap });
  }

  pause() {
    this.frozen ??= this.ring.newestFirst();
  }

  resume() {
    this.frozen = null;
    this.waiting = 0;
  }

  clear() {
    this.ring.clear();
    this.known.clear();
    this.last = null;
    this.resume();
  }

  /** Newest first; the same rows as at the pause, while paused. */
  rows(): LiveRow[] {
    return this.frozen ?? this.ring.newestFirst();
  }

  private push(row: LiveRow) {
    const dropped = this.ring.push(row);
    if (dropped) this.known.delete(dropped.key);
  }
}
