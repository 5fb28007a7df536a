// The vendors' names and colours, the same on every page. Each colour has at least 3:1 on the panels of its theme.
import type { Theme } from "./preferences";

interface Vendor {
  name: string;
  dark: string;
  light: string;
}

const vendors: Readonly<Record<string, Vendor>> = {
  openai: { name: "OpenAI", dark: "#2fb58c", light: "#0b8a65" },
  anthropic: { name: "Anthropic", dark: "#e8825a", light: "#c2552c" },
  gemini: { name: "Google Gemini", dark: "#5b8def", light: "#2f74e0" },
  google: { name: "Google", dark: "#5b8def", light: "#2f74e0" },
  mistral: { name: "Mistral", dark: "#f0a92e", light: "#b47800" },
  cohere: { name: "Cohere", dark: "#c08be8", light: "#8a3fb0" },
  azure_openai: { name: "Azure OpenAI", dark: "#2fb6dd", light: "#0a8aa8" },
  bedrock: { name: "Amazon Bedrock", dark: "#a3b84c", light: "#5f7412" },
  groq: { name: "Groq", dark: "#e8718d", light: "#b83257" },
  together: { name: "Together", dark: "#9a8ff2", light: "#5f4fcf" },
  perplexity: { name: "Perplexity", dark: "#8fcf4f", light: "#4f8716" },
  deepseek: { name: "DeepSeek", dark: "#a9c8ff", light: "#22397f" },
  xai: { name: "xAI", dark: "#9ea6b3", light: "#5c6675" },
  huggingface: { name: "Hugging Face", dark: "#e6de55", light: "#6b6500" },
  openrouter: { name: "OpenRouter", dark: "#ef86bf", light: "#c2378f" },
  ollama: { name: "Ollama", dark: "#c9ab82", light: "#6e4c1e" },
};

const others = [
  { dark: "#9bbf5b", light: "#5a7d14" },
  { dark: "#c0a4e8", light: "#7550ab" },
  { dark: "#d88fb4", light: "#a3477a" },
  { dark: "#6fbfd9", light: "#1d7391" },
];

/** Colours of series that are no vendors (models, teams, keys): as many as a chart has lines, each told from the others. */
const series = [
  "anthropic",
  "gemini",
  "perplexity",
  "cohere",
  "mistral",
  "azure_openai",
  "openrouter",
  "openai",
];

/** The colour of the series at a place of a chart; they go round. */
export function seriesColour(place: number, theme: Theme): string {
  return vendorColour(series[place % series.length] ?? OTHER, theme);
}

/** The colour of "Other (n)" in charts. */
export const OTHER = "other";

function hash(id: string): number {
  let h = 7;
  for (const c of id) h = (h * 31 + (c.codePointAt(0) ?? 0)) % 65_521;
  return h;
}

/** A vendor's one colour; custom vendors get one by their name, always the same. */
export function vendorColour(id: string, theme: Theme): string {
  if (id === OTHER) return theme === "dark" ? "#7f8a99" : "#7a8594";
  const pair = vendors[id] ?? others[hash(id) % others.length];
  return pair?.[theme] ?? "#7f8a99";
}

/** A vendor's name as it writes itself; custom ones as they are. */
export function vendorName(id: string): string {
  return vendors[id]?.name ?? id;
}

/** The vendors that are collected from by name, in the order of the catalogue. */
export const VENDOR_IDS = [
  "openai",
  "anthropic",
  "gemini",
  "xai",
  "azure_openai",
  "mistral",
  "cohere",
  "huggingface",
  "openrouter",
  "perplexity",
  "deepseek",
  "ollama",
] satisfies string[];
