// Builds the window alone: the same files are served to a browser and by Electron's app:// protocol.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build, defineConfig, type Plugin } from "vite";

// Plotly is written for Node's name of the global object.
const define = { global: "globalThis" };

/** Plotly's core brings the style of maps along, which no figure is: a saved page's policy would refuse it. */
const withoutStyles: Plugin = {
  name: "without-styles",
  enforce: "pre",
  resolveId: (source) => (/\.css(\?|$)/.test(source) ? "\0no-style" : null),
  load: (id) => (id === "\0no-style" ? "" : null),
};

/**
 * Beside the window `figure-script.js`: one classic script that draws the figures of a page, for pages that are saved
 * and open without Tare. It has no hash in its name, because the core reads it too.
 */
function figureScript(): Plugin {
  return {
    name: "figure-script",
    apply: "build",
    async generateBundle() {
      const made = await build({
        configFile: false,
        define,
        plugins: [withoutStyles],
        logLevel: "warn",
        build: {
          write: false,
          target: "es2024",
          rolldownOptions: {
            input: fileURLToPath(new URL("renderer/figure-script/figure-script.ts", import.meta.url)),
            output: { format: "iife" },
          },
        },
      });
      const output =
        "output" in made ? made.output : Array.isArray(made) ? made.flatMap((each) => each.output) : [];
      const [script] = output;
      if (output.length !== 1 || script?.type !== "chunk")
        this.error("figure-script.ts did not become one script");
      this.emitFile({ type: "asset", fileName: "figure-script.js", source: script.code });
    },
  };
}

export default defineConfig({
  root: "renderer",
  base: "/",
  plugins: [react(), figureScript()],
  // The host that serves index.html puts a fresh nonce in this one's place in every response.
  html: { cspNonce: "TARE_NONCE" },
  define,
  build: {
    // Absolute, because Vite and electron-vite start from different folders.
    outDir: fileURLToPath(new URL("out/renderer", import.meta.url)),
    emptyOutDir: true,
    target: "es2024",
    // Fonts and images stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
