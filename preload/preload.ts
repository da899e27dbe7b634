// Hands the page its message port to the core, and nothing else. The page asks, so that no answer comes too early.
import { ipcRenderer } from "electron";

window.addEventListener("message", (event) => {
  if (event.source === window && event.data === "tare:port-wanted") ipcRenderer.send("tare:port-wanted");
});

ipcRenderer.on("tare:port", (event) => {
  window.postMessage("tare:port", location.origin, event.ports);
});
