// Every page of the console: the router, the menu and the shortcuts follow this list. A new page is a folder
// under `pages/` and one entry here. Each page is a chunk of its own.
import {
  Activity,
  Blocks,
  CalendarSync,
  Gauge,
  KeyRound,
  KeySquare,
  ListTree,
  Plug,
  Radio,
  ScanSearch,
  ScrollText,
  Server,
  Settings,
  Users,
  Vault,
} from "lucide-react";
import { createBrowserRouter, type RouteObject } from "react-router";
import { Shell } from "@/features/shell/shell";
import type { PageEntry } from "@/lib/page-entry";
import { LostPage } from "@/pages/not-found/lost";

export const pages: readonly PageEntry[] = [
  {
    path: "/",
    title: "Overview",
    section: "Monitor",
    icon: Gauge,
    role: "viewer",
    ranged: true,
    key: "o",
    load: () => import("@/pages/overview/page"),
  },
  {
    path: "/live",
    title: "Live",
    section: "Monitor",
    icon: Radio,
    role: "viewer",
    ranged: false,
    key: "l",
    load: () => import("@/pages/live/page"),
  },
  {
    path: "/events",
    title: "Events",
    section: "Monitor",
    icon: ListTree,
    role: "viewer",
    ranged: true,
    key: "e",
    load: () => import("@/pages/events/page"),
  },
  {
    path: "/events/:id",
    title: "Event",
    section: null,
    icon: Activity,
    role: "viewer",
    ranged: false,
    key: null,
    load: () => import("@/pages/event/page"),
  },
  {
    path: "/system",
    title: "System",
    section: "Monitor",
    icon: Server,
    role: "viewer",
    ranged: false,
    key: "s",
    load: () => import("@/pages/system/page"),
  },
  {
    path: "/vendors",
    title: "Vendors",
    section: "Vendors",
    icon: Blocks,
    role: "viewer",
    ranged: false,
    key: "v",
    load: () => import("@/pages/vendors/page"),
  },
  {
    path: "/vendors/:id",
    title: "Vendor",
    section: null,
    icon: Blocks,
    role: "viewer",
    ranged: false,
    key: null,
    load: () => import("@/pages/vendor/page"),
  },
  {
    path: "/connect",
    title: "Connect a vendor",
    section: null,
    icon: Plug,
    role: "admin",
    ranged: false,
    key: null,
    load: () => import("@/pages/connect/page"),
  },
  {
    path: "/keys",
    title: "Credentials",
    section: "Vendors",
    icon: KeySquare,
    role: "viewer",
    ranged: false,
    key: "r",
    load: () => import("@/pages/keys/page"),
  },
  {
    path: "/collectors",
    title: "Collectors",
    section: "Vendors",
    icon: CalendarSync,
    role: "viewer",
    ranged: false,
    key: "w",
    load: () => import("@/pages/collectors/page"),
  },
  {
    path: "/detectors",
    title: "Detectors",
    section: "Compliance",
    icon: ScanSearch,
    role: "viewer",
    ranged: false,
    key: "d",
    load: () => import("@/pages/detectors/page"),
  },
  {
    path: "/team",
    title: "Team",
    section: "Admin",
    icon: Users,
    role: "admin",
    ranged: false,
    key: "m",
    load: () => import("@/pages/team/page"),
  },
  {
    path: "/access",
    title: "Access",
    section: "Admin",
    icon: KeyRound,
    role: "admin",
    ranged: false,
    key: "k",
    load: () => import("@/pages/access/page"),
  },
  {
    path: "/vault",
    title: "Vault",
    section: "Admin",
    icon: Vault,
    role: "admin",
    ranged: false,
    key: "x",
    load: () => import("@/pages/vault/page"),
  },
  {
    path: "/audit",
    title: "Audit",
    section: "Admin",
    icon: ScrollText,
    role: "admin",
    ranged: true,
    key: "a",
    load: () => import("@/pages/audit/page"),
  },
  {
    path: "/settings",
    title: "Settings",
    section: null,
    icon: Settings,
    role: "viewer",
    ranged: false,
    key: ",",
    load: () => import("@/pages/settings/page"),
  },
];

function lazy(load: PageEntry["load"]) {
  return async () => ({ Component: (await load()).default });
}

const inside: RouteObject[] = [
  ...pages.map(page => ({ path: page.path, lazy: lazy(page.load) })),
  { path: "*", lazy: lazy(() => import("@/pages/not-found/page")) },
];

/** A route without a parent: empty until its code is there, and an end to its own failures. */
const alone = { ErrorBoundary: LostPage, HydrateFallback: () => null } satisfies RouteObject;

export const router = createBrowserRouter([
  { path: "/login", lazy: lazy(() => import("@/pages/login/page")), ...alone },
  { path: "/register", lazy: lazy(() => import("@/pages/register/page")), ...alone },
  { path: "/setup", lazy: lazy(() => import("@/pages/setup/page")), ...alone },
  {
    element: <Shell pages={pages} />,
    ...alone,
    children: [{ ErrorBoundary: LostPage, children: inside }],
  },
]);
