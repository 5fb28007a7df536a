// Hands the page's CSP nonce to the one library that writes a <style> element (scroll locking under dialogs).
import { setNonce } from "get-nonce";

/** Reads the nonce the server put into `index.html`; called once by `main.tsx`, before anything renders. */
export function startCsp() {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  if (meta?.nonce) setNonce(meta.nonce);
}
