// The window may do what its own page needs: no permissions, no navigation away, no new windows, no webviews.
import { app, session, shell } from "electron";
import { isOwnAddress, mayLeave } from "./own-address.ts";

const clipboard = "clipboard-sanitized-write";

export function allowNothingByDefault(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === clipboard),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === clipboard);
  session.defaultSession.setDevicePermissionHandler(() => false);
  app.on("web-contents-created", (_event, contents) => {
    contents.on("will-navigate", (event) => {
      if (!isOwnAddress(event.url)) event.preventDefault();
    });
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      // The one door to the outside: a link that a person clicked, opened by the system's browser.
      if (mayLeave(url)) void shell.openExternal(url);
      return { action: "deny" };
    });
  });
}
