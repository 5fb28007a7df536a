// Ids on screen: shortened in the middle, copied whole.

/** Shortens an id in the middle, keeping `head` and `tail` characters; short ones stay whole. */
export function shortenId(id: string, head = 6, tail = 4): string {
  return id.length <= head + tail + 1 ? id : `${id.slice(0, head)}…${id.slice(-tail)}`;
}
