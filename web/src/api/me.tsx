// Who is signed in, for every component below the shell.
import { createContext, type ReactNode, use } from "react";
import type { Me, Role } from "./types";

const MeContext = createContext<Me | null>(null);

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error("useMe is for components below the shell");
  return me;
}

const RANK: Record<Role, number> = { viewer: 0, analyst: 1, admin: 2 };

/** True when `role` contains `least`. */
export function contains(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}

/** Null when the signed-in person may do what `least` may; else the reason, for the refused button. */
export function useRefusal(least: Role): string | null {
  const { user } = useMe();
  if (contains(user.role, least)) return null;
  const article = least === "admin" || least === "analyst" ? "an" : "a";
  return `This needs ${article} ${least}; you are ${user.role === "viewer" ? "a viewer" : `an ${user.role}`}.`;
}
