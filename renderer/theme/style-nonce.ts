// The nonce that lets the window's generated style tags pass the content security policy.

/** Vite marks index.html with it; the host that serves the page makes a fresh one for every response. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}

/** Mantine's scroll lock reads its nonce from this global name. */
export function shareStyleNonce(): void {
  Reflect.set(globalThis, "__webpack_nonce__", styleNonce());
}
