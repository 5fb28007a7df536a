// What this browser remembers between visits (theme, zone, density, folded rail, keys). Never data, never secrets.
// A store that works when localStorage is forbidden: it then lasts as long as the page.
import { useSyncExternalStore } from "react";

export interface Setting<T extends string> {
  get(): T;
  set(value: T): void;
  /** Reads again what is stored: another tab may have changed it. */
  reload(): T;
  subscribe(listener: () => void): () => void;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private windows may refuse: the choice then lasts for this page only.
  }
}

/** Makes a setting kept under `key`; `accept` turns what was stored into a valid value or null. */
export function setting<T extends string>(
  key: string,
  initial: T,
  accept: (stored: string) => T | null,
): Setting<T> {
  const load = () => {
    const stored = read(key);
    return (stored === null ? null : accept(stored)) ?? initial;
  };
  let current = load();
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    reload() {
      current = load();
      return current;
    },
    set(value) {
      current = value;
      write(key, value);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Reads a setting and follows its changes. */
export function useSetting<T extends string>(source: Setting<T>): T {
  return useSyncExternalStore(source.subscribe, source.get);
}

/** Accepts exactly the given words. */
export function words<const T extends readonly string[]>(allowed: T) {
  return (stored: string): T[number] | null => allowed.find(word => word === stored) ?? null;
}
