// Entry of `npm start`: Electron where its binary can run, else a browser, and why.
import { openTare } from "./open-window.ts";

await openTare(null);
