// What the live stream says. Read once here; anything unknown is ignored, so that a newer server does no harm.
import type { EventRow } from "@/api/types";

export interface Stats {
  /** Matching events per second, and all of them. */
  rate: number;
  total_rate: number;
  /** Sent to this screen, and matching its filter, in the last second. */
  shown: number;
  matched: number;
}

export interface Gap {
  from: string;
  to: string;
  count: number;
  reason: string;
}

export type Message =
  | { type: "hello" }
  | { type: "event"; event: EventRow }
  | ({ type: "stats" } & Stats)
  | ({ type: "gap" } & Gap)
  | { type: "error"; code: string; message: string }
  | { type: "other" };

/** The server's own messages: their shape is the API's promise, told apart by `type`. */
export function readMessage(data: unknown): Message {
  if (typeof data !== "string") return { type: "other" };
  try {
    const message: Message = JSON.parse(data);
    return message;
  } catch {
    return { type: "other" };
  }
}
