// Opens an address in the person's browser where there is a desktop; elsewhere the printed address has to do.
import { spawn } from "node:child_process";

/** Never fails: a machine without a desktop or a browser is a normal case. */
export function openInBrowser(url: string): void {
  const desktop =
    process.platform !== "linux" ||
    process.env["DISPLAY"] !== undefined ||
    process.env["WAYLAND_DISPLAY"] !== undefined;
  if (!desktop) return;
  const opener = { darwin: "open", win32: "explorer.exe" }[process.platform as string] ?? "xdg-open";
  const child = spawn(opener, [url], { stdio: "ignore", detached: true });
  child.on("error", () =>
    process.stdout.write(`No browser could be opened here (${opener}); open the address above by hand.\n`),
  );
  child.unref();
}
