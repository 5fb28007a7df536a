// A list of bounded length: pushing onto a full one drops the oldest. Used by the live stream.

export class Ring<T> {
  private readonly slots: T[] = [];
  private next = 0;

  constructor(readonly capacity: number) {}

  get length(): number {
    return this.slots.length;
  }

  /** Adds an item; returns the one that fell out, if any. */
  push(item: T): T | undefined {
    if (this.slots.length < this.capacity) {
      this.slots.push(item);
      return undefined;
    }
    const dropped = this.slots[this.next];
    this.slots[this.next] = item;
    this.next = (this.next + 1) % this.capacity;
    return dropped;
  }

  clear() {
    this.slots.length = 0;
    this.next = 0;
  }

  /** All items, newest first. */
  newestFirst(): T[] {
    const n = this.slots.length;
    const all: T[] = [];
    for (let i = 1; i <= n; i += 1) {
      const item = this.slots[(this.next + n - i) % n];
      if (item !== undefined) all.push(item);
    }
    return all;
  }
}
