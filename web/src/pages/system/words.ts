// What the server's checks, readers and sources are, for people who did not build it. Pure; unknown names stay as they are.

const CHECKS: Readonly<Record<string, string>> = {
  store: "Store",
  log_queue: "Queue of events to be stored",
  vault: "Vault",
  rollups: "Figures of the pages",
  breakers: "Calls to vendors",
};

const CONSUMERS: Readonly<Record<string, string>> = {
  rollups: "Figures of the pages",
  live: "Live stream",
};

const SOURCES: Readonly<Record<string, string>> = {
  app: "Applications",
  gateway: "Gateway",
  collector: "Collectors",
  otlp: "OpenTelemetry",
};

export const checkName = (name: string): string => CHECKS[name] ?? name;
export const consumerName = (name: string): string => CONSUMERS[name] ?? name;
export const sourceName = (name: string): string => SOURCES[name] ?? name;
