// The choices a person makes about the console itself. Kept in this browser.
import { setting, useSetting, words } from "./storage";

export const THEMES = ["system", "dark", "light"] satisfies string[];
export type ThemeChoice = "system" | "dark" | "light";
export type Theme = "dark" | "light";

export const themeChoice = setting<ThemeChoice>("aegis.theme", "system", words(["system", "dark", "light"]));
export const zoneChoice = setting<string>("aegis.zone", "local", value =>
  value === "local" || isZone(value) ? value : null,
);
export const density = setting<"roomy" | "dense">("aegis.density", "roomy", words(["roomy", "dense"]));
export const shortcuts = setting<"on" | "off">("aegis.keys", "on", words(["on", "off"]));
export const rail = setting<"open" | "folded">("aegis.rail", "open", words(["open", "folded"]));

/** True when the browser knows this IANA zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Asked once: making a formatter costs more than drawing the row that wants to know. */
const LOCAL_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The IANA name of the zone this browser runs in. */
export function localZone(): string {
  return LOCAL_ZONE;
}

/** The IANA zone in which times are shown now. */
export function useZone(): string {
  const choice = useSetting(zoneChoice);
  return choice === "local" ? localZone() : choice;
}
