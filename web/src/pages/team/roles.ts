// What the roles mean, in the words of the invitation form.
import type { Role } from "@/api/types";

export const ROLE_WORDS = [
  { value: "viewer", label: "Viewer", hint: "Sees masked events, figures and detectors." },
  { value: "analyst", label: "Analyst", hint: "Also scans, exports and sends events." },
  { value: "admin", label: "Admin", hint: "Also runs the team, tokens, detectors and the audit log." },
] satisfies { value: Role; label: string; hint: string }[];
