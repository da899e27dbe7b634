// Dead code: what no entry reaches. Entries that package.json, Vite and electron-vite name are found by knip itself.
import type { KnipConfig } from "knip";

const config: KnipConfig = {
  entry: [
    "main/electron.ts!",
    "main/serve.ts!",
    "main/library/index/index-worker.ts!",
    "preload/preload.ts!",
    // Built by vite.config.ts into the script of saved pages.
    "renderer/figure-script/figure-script.ts!",
    "test/{check,run}.ts",
    "test/lab/up.ts",
    "test/**/*.{test,spec}.ts",
    // A program that a benchmark starts by its path.
    "test/bench/library-process.ts",
    // Programs that tests start by their path.
    "test/fixtures/{change-and-die,fill-journal,hold-campaign,list-library,move-and-die}.ts",
  ],
  project: ["{main,preload,renderer,shared,test}/**/*.{ts,tsx,js}!"],
  ignoreDependencies: [
    // Imported by style sheets.
    "@fontsource/ibm-plex-mono",
    "@fontsource/ibm-plex-sans",
    // Types of plotly.js/lib/…; the package brings those of its index only.
    "@types/plotly.js",
  ],
  // A type that a signature names is part of what it tells.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Programs of the system, not of packages.
  ignoreBinaries: [
    "addpart",
    "delpart",
    "flock",
    "gcc",
    "ip",
    "losetup",
    "mount",
    "nsenter",
    "objcopy",
    "perl",
    "qemu-system-x86_64",
    "ssh-add",
    "ssh-agent",
    "ssh-keygen",
    "strace",
    "umount",
    "unshare",
  ],
};

export default config;
