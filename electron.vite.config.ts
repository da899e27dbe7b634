// Builds the three parts of the desktop application: core (main), bridge (preload) and window (renderer);
// beside the core, the command line for an installed package, where Node runs no TypeScript.
import { defineConfig } from "electron-vite";
import rendererConfig from "./vite.config.ts";

/** electron-vite makes addresses relative, which fail where a page below a path (/new/cells) is loaded again. */
const absoluteAddresses = {
  name: "absolute-addresses",
  enforce: "post",
  config: () => ({ base: "/" }),
} as const;

export default defineConfig({
  main: {
    build: {
      outDir: "out/main",
      rolldownOptions: {
        input: {
          electron: "main/electron.ts",
          cli: "main/cli.ts",
          // A thread of the core: started by its file.
          "index-worker": "main/library/index/index-worker.ts",
        },
        // Only a checkout, which can build the window, has them.
        external: ["vite", "electron-vite"],
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: "out/preload",
      rolldownOptions: {
        input: { preload: "preload/preload.ts" },
        // A sandboxed preload script must be CommonJS in one file.
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    ...rendererConfig,
    plugins: [...(rendererConfig.plugins ?? []), absoluteAddresses],
    build: { ...rendererConfig.build, rolldownOptions: { input: "renderer/index.html" } },
  },
});
