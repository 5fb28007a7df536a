// What the router, the menu and the shortcuts know of a page. The list of pages is `routes.tsx`.
import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import type { Role } from "@/api/types";
import type { RangeName } from "./range";

export type Section = "Monitor" | "Vendors" | "Compliance" | "Cost" | "Admin";
export const SECTIONS: readonly Section[] = ["Monitor", "Vendors", "Compliance", "Cost", "Admin"];

export interface PageEntry {
  path: string;
  title: string;
  /** The path of the page it belongs under, where the menu does not name it; and what it is called there, by its id. */
  under?: { path: string; name?: (id: string) => string };
  /** Where it stands in the menu; null for pages reached otherwise. */
  section: Section | null;
  icon: LucideIcon;
  /** The least role that may open it; others don't see it in the menu. */
  role: Role;
  /** The range picker applies to it. */
  ranged: boolean;
  /** The range that its link names while the usual one is chosen: a day says little of costs. */
  range?: RangeName;
  /** `g` and this key open it. */
  key: string | null;
  load: () => Promise<{ default: ComponentType }>;
}
