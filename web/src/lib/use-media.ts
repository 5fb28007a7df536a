// Follows a media query; the breakpoints are those of app.css.
import { useCallback, useSyncExternalStore } from "react";

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

/** Under 600 px: rows become cards. */
export const useNarrow = () => useMedia("(width < 600px)");
/** Under 900 px: the rail is a drawer. */
export const useCompact = () => useMedia("(width < 900px)");
