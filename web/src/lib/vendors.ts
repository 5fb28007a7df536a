// The vendors' names and colours, the same on every page. Each colour has at least 3:1 on the panels of its theme.
import type { Theme } from "./preferences";

interface Vendor {
  name: string;
  dark: string;
  light: string;
}

const vendors: Readonly<Record<string, Vendor>> = {
  openai: { name: "OpenAI", dark: "#2fb58c", light: "#0b7d5c" },
  anthropic: { name: "Anthropic", dark: "#e8825a", light: "#b8502a" },
  gemini: { name: "Google Gemini", dark: "#6a9cf5", light: "#2f66d0" },
  google: { name: "Google", dark: "#6a9cf5", light: "#2f66d0" },
  mistral: { name: "Mistral", dark: "#e3b341", light: "#8a6400" },
  cohere: { name: "Cohere", dark: "#c98bdb", light: "#8d45a3" },
  azure_openai: { name: "Azure OpenAI", dark: "#35b3d6", light: "#0a7896" },
  bedrock: { name: "Amazon Bedrock", dark: "#a3b84c", light: "#5f7412" },
  groq: { name: "Groq", dark: "#e8718d", light: "#b83257" },
  together: { name: "Together", dark: "#9a8ff2", light: "#5f4fcf" },
  perplexity: { name: "Perplexity", dark: "#63bd6b", light: "#2b7a34" },
  deepseek: { name: "DeepSeek", dark: "#7fc4ff", light: "#1b6fae" },
  xai: { name: "xAI", dark: "#b3bac6", light: "#5c6675" },
  huggingface: { name: "Hugging Face", dark: "#d3cf4f", light: "#6e6900" },
  openrouter: { name: "OpenRouter", dark: "#5fd0bd", light: "#0d7568" },
  ollama: { name: "Ollama", dark: "#d1bd9d", light: "#775f38" },
};

const others = [
  { dark: "#9bbf5b", light: "#5a7d14" },
  { dark: "#c0a4e8", light: "#7550ab" },
  { dark: "#d88fb4", light: "#a3477a" },
  { dark: "#6fbfd9", light: "#1d7391" },
];

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
