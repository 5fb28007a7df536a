// The connection of the live page: subscribes, goes on after a break where it was, and tells the screen at most ten
// times a second, only in frames that are painted. Used through `useLive`.
// Invariant: one socket at a time; a closed feed does nothing more.
import { refreshSession } from "@/api/client";
import type { EventRow } from "@/api/types";
import { backoff } from "@/lib/backoff";
import { LiveBuffer, type LiveRow } from "./buffer";
import { readMessage, type Stats } from "./messages";

const PAINT_MS = 100;
const PING_MS = 20_000;
/** Statistics come each second: a longer silence means a dead line. */
const SILENCE_MS = 15_000;
const RATES = 60;

export type Connection =
  | { kind: "connecting" }
  | { kind: "open" }
  | { kind: "waiting"; retryAt: number; reason: string | null };

export interface LiveSnapshot {
  connection: Connection;
  rows: LiveRow[];
  paused: boolean;
  waiting: number;
  stats: Stats | null;
  /** Matching events per second, oldest first, at most a minute. */
  rates: readonly number[];
}

export class LiveFeed {
  private readonly buffer = new LiveBuffer();
  private readonly listeners = new Set<() => void>();
  private socket: WebSocket | null = null;
  private connection: Connection = { kind: "connecting" };
  private stats: Stats | null = null;
  private rates: number[] = [];
  private attempts = 0;
  private heardAt = 0;
  private refusal: string | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setInterval> | undefined;
  private frame = 0;
  private paintedAt = 0;
  private closed = false;
  private snapshot: LiveSnapshot = this.look();

  constructor(
    private readonly filter: Record<string, unknown>,
    private readonly history: (signal: AbortSignal) => Promise<EventRow[]>,
  ) {}

  /** Fills in the newest rows, then follows from there. Returns what ends it. */
  start(): () => void {
    const abort = new AbortController();
    void this.history(abort.signal)
      // Without history the stream is still worth having.
      .catch(() => [])
      .then(rows => {
        for (const row of rows.toReversed()) this.buffer.event(row);
        this.changed();
        if (!this.closed) this.connect();
      });
    this.pulse = setInterval(() => this.check(), PING_MS / 4);
    return () => {
      this.closed = true;
      abort.abort();
      clearTimeout(this.retry);
      clearInterval(this.pulse);
      cancelAnimationFrame(this.frame);
      this.socket?.close();
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  current = (): LiveSnapshot => this.snapshot;

  setPaused(paused: boolean) {
    if (paused) this.buffer.pause();
    else this.buffer.resume();
    this.paint();
  }

  clear() {
    this.buffer.clear();
    this.paint();
  }

  private connect() {
    const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${window.location.host}/api/ws/events`);
    this.socket = socket;
    this.connection = { kind: "connecting" };
    this.heardAt = performance.now();
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.attempts = 0;
      this.refusal = null;
      this.connection = { kind: "open" };
      socket.send(JSON.stringify({ type: "subscribe", filter: this.filter, resume_after: this.buffer.last }));
      this.changed();
    };
    socket.onmessage = message => this.hear(message.data);
    socket.onclose = () => {
      if (this.socket === socket && !this.closed) this.reconnect(opened);
    };
    this.changed();
  }

  private reconnect(hadOpened: boolean) {
    const wait = backoff(this.attempts, Math.random());
    this.attempts += 1;
    this.stats = null;
    this.connection = { kind: "waiting", retryAt: Date.now() + wait, reason: this.refusal };
    this.changed();
    this.retry = setTimeout(async () => {
      // A socket that never opened may have been refused for an expired session.
      if (!hadOpened) await refreshSession();
      if (!this.closed) this.connect();
    }, wait);
  }

  private hear(data: unknown) {
    this.heardAt = performance.now();
    const message = readMessage(data);
    if (message.type === "event") this.buffer.event(message.event);
    else if (message.type === "gap") this.buffer.gap(message);
    else if (message.type === "stats") {
      this.stats = message;
      this.rates = [...this.rates.slice(1 - RATES), message.rate];
    } else if (message.type === "error") this.refusal = message.message;
    else return;
    this.changed();
  }

  private check() {
    const socket = this.socket;
    if (socket?.readyState !== WebSocket.OPEN) return;
    const silent = performance.now() - this.heardAt;
    if (silent > SILENCE_MS) socket.close();
    else if (silent > SILENCE_MS / 2) socket.send('{"type":"ping"}');
  }

  /** Asks for one paint; many changes share it. A hidden tab paints nothing and goes on counting. */
  private changed() {
    if (this.frame !== 0 || this.closed) return;
    this.frame = requestAnimationFrame(now => {
      this.frame = 0;
      if (now - this.paintedAt < PAINT_MS) this.changed();
      else this.paint();
    });
  }

  private paint() {
    this.paintedAt = performance.now();
    this.snapshot = this.look();
    for (const listener of this.listeners) listener();
  }

  private look(): LiveSnapshot {
    return {
      connection: this.connection,
      rows: this.buffer.rows(),
      paused: this.buffer.paused,
      waiting: this.buffer.waiting,
      stats: this.stats,
      rates: this.rates,
    };
  }
}
