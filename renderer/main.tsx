// Entry of the window.
import { config } from "zod";

// Before any schema is made, which is why the rest is imported later: zod would otherwise try whether code may be
// made from text, and the content security policy forbids that.
config({ jitless: true });
await import("./start-window.tsx").catch((error: unknown) => {
  // A request fails when an interface of the machine appears or goes (ERR_NETWORK_CHANGED): the page is loaded once more.
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (navigation?.type === "reload") throw error;
  location.reload();
});
