// Builds the console into `dist/`, which the server embeds. Invariant: no inline script or style without the
// nonce placeholder, no file from another origin, one chunk per route beside the shell.
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Sonner writes its stylesheet from script, which a strict CSP refuses; `app.css` imports the same sheet instead. */
function withoutInjectedStyles(): Plugin {
  const call = /\n__insertCSS\("/;
  return {
    name: "without-injected-styles",
    transform(code, id) {
      if (!id.includes("/sonner/dist/")) return null;
      if (!call.test(code)) this.error("sonner no longer injects its styles: remove this plugin");
      return { code: code.replace(call, '\n(() => {})("'), map: null };
    },
  };
}

const server = process.env.AEGIS_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), tailwindcss(), withoutInjectedStyles()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { "/api": { target: server, ws: true } } },
  test: { include: ["src/**/*.test.ts"] },
});
