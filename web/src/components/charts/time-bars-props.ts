// What a chart of stacked bars over time is given; read by its plot, its legend, its reading and its table.
import type { ReactNode } from "react";
import type { Line } from "@/lib/series";

export interface TimeBarsProps {
  title?: ReactNode;
  /** What is counted: `events`. */
  unit: string;
  buckets: readonly string[];
  bucketSeconds: number;
  /** The end of the range: buckets that reach beyond now are unfinished. */
  complete: boolean;
  lines: readonly Line[];
  name: (key: string) => string;
  colour: (key: string) => string;
  /** Opens the rows of one bucket. */
  onOpen: (from: string, to: string) => void;
  /** Narrows the range to a span. */
  onSelect: (from: string, to: string) => void;
  /** How a value is written; whole numbers without it. */
  show?: (n: number) => string;
  height?: number;
  tools?: ReactNode;
  /** Makes a legend entry a link. */
  legend?: (key: string, label: ReactNode) => ReactNode;
  /** Buckets that begin before this instant were not counted: hatched, which is not zero. */
  knownFrom?: string | null;
  /** The legend stands in the title's place. */
  compact?: boolean;
}

/** The end of the bucket that begins at `at`. */
export function bucketEnd(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString();
}
