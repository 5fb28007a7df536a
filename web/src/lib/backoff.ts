// How long to wait before trying a broken connection again. Pure.

/** Milliseconds before the n-th attempt in a row: 1 s doubling to 30 s, spread so that screens don't come all at once. */
export function backoff(attempt: number, random: number): number {
  const base = Math.min(30_000, 1_000 * 2 ** attempt);
  return Math.round(base * (0.75 + random / 2));
}
