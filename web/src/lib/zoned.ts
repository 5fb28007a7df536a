// Wall-clock times in a zone, as `<input type="datetime-local">` has them, to instants and back. Pure.

/** `2026-11-23T14:02` as clocks in `zone` show the instant. */
export function toWall(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(p => p.type === type)?.value ?? "00";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** The instant at which clocks in `zone` show `wall`; NaN when it cannot be read. In a repeated hour, the later one. */
export function fromWall(wall: string, zone: string): number {
  const asUtc = Date.parse(`${wall.slice(0, 16)}Z`);
  if (Number.isNaN(asUtc)) return Number.NaN;
  const offset = (at: number) => Date.parse(`${toWall(at, zone)}Z`) - at;
  const first = asUtc - offset(asUtc);
  // The guess may lie on the other side of a clock change; a second look settles it.
  return asUtc - offset(first);
}
