// The browser's session with the core: the token in the URL's fragment is exchanged once for a cookie.

/** Takes the token out of the address bar and exchanges it. Returns false where the core refused it. */
export async function openSession(): Promise<boolean> {
  const token = tokenOfAddress();
  if (token === null) return (await sessionIsOpen()) !== false;
  history.replaceState(null, "", location.pathname + location.search);
  const response = await fetch("/session", {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: token,
    credentials: "same-origin",
  });
  // A used token with a cookie from before (the page's address opened twice) is no reason to refuse.
  return response.ok || (await sessionIsOpen()) === true;
}

export function carriesToken(): boolean {
  return tokenOfAddress() !== null;
}

function tokenOfAddress(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get("token");
}

/** Whether the core knows this browser; null where the core does not answer. */
export async function sessionIsOpen(): Promise<boolean | null> {
  try {
    const response = await fetch("/session", { credentials: "same-origin", cache: "no-store" });
    return response.status === 401 || response.status === 403 ? false : response.ok ? true : null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
