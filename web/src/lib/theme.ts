// Applies the chosen theme to the document and follows the system's where nothing is chosen.
// `index.html` does the same once before the first paint.
import { useSyncExternalStore } from "react";
import { type Theme, themeChoice } from "./preferences";

const light = matchMedia("(prefers-color-scheme: light)");

function resolved(): Theme {
  const choice = themeChoice.get();
  if (choice !== "system") return choice;
  return light.matches ? "light" : "dark";
}

function apply() {
  document.documentElement.dataset.theme = resolved();
}

/** Starts following the choice; called once by `main.tsx`. */
export function startTheme() {
  apply();
  themeChoice.subscribe(apply);
  light.addEventListener("change", apply);
}

function subscribe(listener: () => void): () => void {
  const stop = themeChoice.subscribe(listener);
  light.addEventListener("change", listener);
  return () => {
    stop();
    light.removeEventListener("change", listener);
  };
}

/** The theme on screen now. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, resolved);
}
