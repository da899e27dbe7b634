// Which addresses are the window's own. Node's URL has no origin for schemes like app:, so protocol and host are compared.

/** The page's origin, as the page itself sees it. */
export const windowOrigin = "app://tare";

export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === "app:" &&
    url.host === "tare" &&
    url.username === "" &&
    url.password === ""
  );
}

/** An address that a click may open in the system's browser. */
export function mayLeave(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === "https:" && url.username === "" && url.password === "";
}
