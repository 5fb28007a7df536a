// Who is signed in, for every component below the shell.
import { createContext, type ReactNode, use } from "react";
import type { Role, User } from "./types";

const MeContext = createContext<User | null>(null);

export function MeProvider({ user, children }: { user: User; children: ReactNode }) {
  return <MeContext value={user}>{children}</MeContext>;
}

export function useMe(): User {
  const user = use(MeContext);
  if (!user) throw new Error("useMe is for components below the shell");
  return user;
}

const RANK: Record<Role, number> = { viewer: 0, analyst: 1, admin: 2 };

/** True when `role` contains `least`. */
export function contains(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}

/** Null when the signed-in person may do what `least` may; else the reason, for the refused button. */
export function useRefusal(least: Role): string | null {
  const user = useMe();
  if (contains(user.role, least)) return null;
  const article = least === "admin" || least === "analyst" ? "an" : "a";
  return `This needs ${article} ${least}; you are ${user.role === "viewer" ? "a viewer" : `an ${user.role}`}.`;
}
