// Keyboard shortcuts. A component names its keys with `useShortcuts`; the latest one on screen wins.
// Off while typing, while a menu or dialog of another layer has focus, and when switched off in Settings.
import { useEffect, useRef } from "react";
import { shortcuts } from "./preferences";

export type Keymap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const layers: { current: Keymap }[] = [];
const CHORD_MS = 1_200;
let chord: { first: string; at: number } | null = null;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="menu"], [role="listbox"]')) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement && !["checkbox", "radio", "range", "button"].includes(target.type)
  );
}

/** Space on a button or link presses it; no shortcut may take it away. */
function pressesControl(event: KeyboardEvent): boolean {
  const onControl =
    event.target instanceof Element && event.target.closest("button, a, summary, [role='slider'], input");
  return (event.key === " " || event.key === "Enter") && onControl !== null;
}

function find(name: string): ((event: KeyboardEvent) => void) | undefined {
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    const action = layers[i]?.current[name];
    if (action) return action;
  }
  return undefined;
}

function onKey(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (shortcuts.get() === "off" || isTyping(event.target) || pressesControl(event)) return;
  const fresh = chord !== null && performance.now() - chord.at < CHORD_MS;
  const name = fresh && chord ? `${chord.first} ${event.key}` : event.key;
  chord = null;
  const action = find(name);
  if (action) {
    event.preventDefault();
    action(event);
  } else if (event.key === "g") {
    chord = { first: "g", at: performance.now() };
  }
}

/** Adds keys while the component is on screen: `{ "/": focusFilter, "g e": goEvents }`. */
export function useShortcuts(keymap: Keymap) {
  const layer = useRef(keymap);
  useEffect(() => {
    layer.current = keymap;
  });
  useEffect(() => {
    if (layers.length === 0) window.addEventListener("keydown", onKey);
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) window.removeEventListener("keydown", onKey);
    };
  }, []);
}
