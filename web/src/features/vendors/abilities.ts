// What a vendor's API can tell, in words. Pure; the ids are the API's.
import type { Ability, Standing } from "@/api/types";

/** In the order screens show them. */
export const ABILITIES: readonly Ability[] = [
  "usage",
  "cost",
  "audit",
  "content",
  "inference",
  "models",
  "keys",
  "members",
  "balance",
];

export const ABILITY_WORDS: Readonly<Record<Ability, string>> = {
  inference: "Gateway calls",
  models: "Models",
  usage: "Usage",
  cost: "Cost",
  balance: "Balance",
  keys: "API keys",
  members: "Members",
  audit: "Audit events",
  content: "Content",
};

export const ABILITY_HELP: Readonly<Record<Ability, string>> = {
  inference: "Calls to models, for the gateway.",
  models: "The list of models.",
  usage: "Tokens, requests and other quantities.",
  cost: "Money by the vendor's own word.",
  balance: "Money left.",
  keys: "The list of API keys.",
  members: "People and service accounts.",
  audit: "Acts of administrators and users.",
  content: "What people typed in the vendor's own apps.",
};

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  has: "works",
  lacks: "refused",
  unclear: "not clear",
};

/** Abilities in the order of screens. */
export function inOrder<T extends { ability: Ability }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => ABILITIES.indexOf(a.ability) - ABILITIES.indexOf(b.ability));
}
