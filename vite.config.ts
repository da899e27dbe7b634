// Builds the window alone: the same files are served to a browser and by Electron's app:// protocol.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: "renderer",
  base: "/",
  plugins: [react()],
  // The host that serves index.html puts a fresh nonce in this one's place in every response.
  html: { cspNonce: "TARE_NONCE" },
  // Plotly is written for Node's name of the global object.
  define: { global: "globalThis" },
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
