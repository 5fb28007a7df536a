// Why bills and what was seen differ: a word, a sentence and a mark for each cause.
import type { Cause } from "@/api/types";
import { Mark, type Shape } from "@/components/ui/marks";

export const CAUSES = [
  "bypass",
  "unknown_key",
  "not_priced",
  "price_differs",
  "discount",
  "late_bucket",
  "rounding",
  "agrees",
] as const satisfies Cause[];

interface Words {
  name: string;
  help: string;
  shape: Shape;
  colour: string;
}

/** Why a gap is by the price book. */
export const NO_BILL = "By the price book: there is no bill in dollars";

export const CAUSE_WORDS: Readonly<Record<Cause, Words>> = {
  bypass: { name: "Bypass", help: "billed, and never seen here", shape: "triangle", colour: "text-high" },
  unknown_key: {
    name: "Unknown key",
    help: "seen or billed under a key the other side does not know",
    shape: "flag",
    colour: "text-medium",
  },
  not_priced: {
    name: "Not priced",
    help: "seen, and not in the price book",
    shape: "ring",
    colour: "text-muted",
  },
  late_bucket: {
    name: "Late figures",
    help: "too young: the vendor still revises it",
    shape: "turn",
    colour: "text-muted",
  },
  price_differs: {
    name: "Other price",
    help: "the same tokens, dearer than the book",
    shape: "pen",
    colour: "text-medium",
  },
  rounding: { name: "Rounding", help: "within what rounding explains", shape: "tick", colour: "text-ok" },
  discount: {
    name: "Discount",
    help: "the same tokens for less than the book says",
    shape: "swap",
    colour: "text-accent",
  },
  agrees: { name: "Agrees", help: "equal", shape: "tick", colour: "text-ok" },
};

export function CauseMark({ cause }: { cause: Cause }) {
  const { name, shape, colour } = CAUSE_WORDS[cause];
  return (
    <Mark shape={shape} colour={colour}>
      {name}
    </Mark>
  );
}
