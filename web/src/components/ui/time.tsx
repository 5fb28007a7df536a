// Instants on screen, in the chosen zone: exact, or as "12 min ago" with the exact time on hover and focus.
import { instant, relative, when } from "@/lib/format";
import { useZone } from "@/lib/preferences";
import { useNow } from "@/lib/use-now";

export function Time({ at, shape }: { at: string; shape?: "clock" | "millis" | "minute" | "full" }) {
  const zone = useZone();
  const now = useNow();
  return (
    <time dateTime={at} title={instant(at, zone, "full")}>
      {shape ? instant(at, zone, shape) : when(at, zone, now)}
    </time>
  );
}

export function Ago({ at }: { at: string }) {
  const zone = useZone();
  const now = useNow();
  return (
    <time dateTime={at} title={instant(at, zone, "full")}>
      {relative(at, now)}
    </time>
  );
}
