// The window: its theme, its connection to the core, its pages.
import "./theme/styles.ts";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { plainMessage } from "./components/plain-message.ts";
import { startClient } from "./api/client.ts";
import { App } from "./app.tsx";

z.config({ customError: plainMessage });

const root = document.querySelector("#root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(<App />);
await startClient();
