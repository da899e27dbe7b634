// Entry of the window.
import "./theme/styles.ts";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { plainMessage } from "./components/plain-message.ts";
import { startClient } from "./api/client.ts";
import { App } from "./app.tsx";

// zod would compile its schemas with `new Function`, which the content security policy forbids.
z.config({ jitless: true, customError: plainMessage });

const root = document.querySelector("#root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(<App />);
await startClient();
