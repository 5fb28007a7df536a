// Moving over a chart by mouse or keyboard: which bucket is looked at, which span is being selected.
// Arrows move, Shift+arrows or dragging select, Enter or a click opens, Esc lets go.
import { type KeyboardEvent, type PointerEvent, useState } from "react";

export interface ChartCursor {
  /** The bucket looked at. */
  at: number | null;
  /** The selected buckets, both inclusive. */
  span: readonly [number, number] | null;
}

interface Acts {
  /** How many buckets there are. */
  count: number;
  /** The bucket under a pointer's x, as a share of the plot's width. */
  onOpen: (bucket: number) => void;
  onSelect: (first: number, last: number) => void;
}

const order = (a: number, b: number): readonly [number, number] => (a < b ? [a, b] : [b, a]);

export function useChartCursor({ count, onOpen, onSelect }: Acts) {
  const [at, setAt] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const [dragging, setDragging] = useState(false);
  const span = anchor !== null && at !== null && anchor !== at ? order(anchor, at) : null;
  const clear = () => {
    setAt(null);
    setAnchor(null);
    setDragging(false);
  };
  const finish = () => {
    if (span) onSelect(...span);
    else if (at !== null) onOpen(at);
    clear();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const from = at ?? (step > 0 ? -1 : count);
      if (!event.shiftKey) setAnchor(null);
      else if (anchor === null) setAnchor(Math.min(count - 1, Math.max(0, from)));
      setAt(Math.min(count - 1, Math.max(0, from + step)));
    } else if (event.key === "Enter" && at !== null) {
      event.preventDefault();
      finish();
    } else if (event.key === "Escape" && at !== null) {
      event.stopPropagation();
      clear();
    }
  };

  /** Pointer handlers of the plot area, whose box is exactly the buckets. */
  const pointer = {
    onPointerMove: (event: PointerEvent<HTMLElement>) => setAt(bucketUnder(event, count)),
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const bucket = bucketUnder(event, count);
      setAt(bucket);
      setAnchor(bucket);
      setDragging(true);
    },
    onPointerUp: () => dragging && finish(),
    onPointerCancel: clear,
    onPointerLeave: () => dragging || clear(),
  };
  return { at, span, onKeyDown, onBlur: clear, pointer };
}

function bucketUnder(event: PointerEvent<HTMLElement>, count: number): number {
  const box = event.currentTarget.getBoundingClientRect();
  const share = (event.clientX - box.left) / Math.max(1, box.width);
  return Math.min(count - 1, Math.max(0, Math.floor(share * count)));
}
