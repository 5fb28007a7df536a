// A clock for words like "12 min ago": one timer per period, shared by everything on the page, stopped when nobody looks.
import { useSyncExternalStore } from "react";

interface Ticker {
  now: number;
  subscribe(listener: () => void): () => void;
}

function ticker(periodMs: number): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const self: Ticker = {
    now: Date.now(),
    subscribe(listener) {
      if (listeners.size === 0) {
        self.now = Date.now();
        timer = setInterval(() => {
          if (document.hidden) return;
          self.now = Date.now();
          for (const each of listeners) each();
        }, periodMs);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
  };
  return self;
}

const slow = ticker(15_000);
const fast = ticker(1_000);

/** The time now, every 15 seconds. */
export function useNow(): number {
  return useSyncExternalStore(slow.subscribe, () => slow.now);
}

/** The time now, every second: for countdowns. */
export function useSeconds(): number {
  return useSyncExternalStore(fast.subscribe, () => fast.now);
}
