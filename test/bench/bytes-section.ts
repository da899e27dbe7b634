// The bytes of the built window: what the first page really asks for, and every piece that comes later.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { globSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rootFolder } from "#main/installation.ts";
import { ensureWindowBuilt } from "#main/web/ensure-window-built.ts";
import type { BenchOptions } from "./options.ts";
import type { Section } from "./report.ts";
import { launchChromium, openLibrary, serveTare } from "./served-window.ts";
import { leftOut } from "./window-section.ts";

interface Piece {
  /** Path below the window's folder. */
  readonly path: string;
  readonly rawBytes: number;
  readonly gzipBytes: number;
  readonly first: boolean;
}

export async function bytesSection(
  _options: BenchOptions,
  { signal }: { signal: AbortSignal },
): Promise<Section> {
  const requests = await firstRequests(signal);
  if (requests === null) return { ...leftOut, name: "bytes" };
  const folder = join(rootFolder, "out/renderer");
  const paths = globSync("**/*.{js,css,html,woff2,woff,svg}", { cwd: folder });
  const pieces = await Promise.all(paths.map((path) => pieceOf(folder, path, requests)));
  pieces.sort((a, b) => Number(b.first) - Number(a.first) || b.rawBytes - a.rawBytes);
  const scripts = pieces.filter(({ path }) => path.endsWith(".js"));
  const atFirst = scripts.filter(({ first }) => first);
  const shown = pieces.filter(({ path, first }) => first || path.endsWith(".js"));
  return {
    name: "bytes",
    title: "Bytes of the window",
    note: `JavaScript at first load: ${kilobytes(atFirst, "rawBytes")} kB in ${atFirst.length} files,
      ${kilobytes(atFirst, "gzipBytes")} kB with gzip; later, as pages are opened:
      ${kilobytes(
        scripts.filter(({ first }) => !first),
        "rawBytes",
      )} kB. kB are 1000 bytes, gzip at its default level. The first page made ${requests.length} requests of files and
      of the core: ${requests.filter((path) => !paths.includes(fileOf(path))).join(", ")} beside those marked below.`,
    tables: [
      {
        columns: [
          { title: "file" },
          { title: "first page" },
          { title: "bytes", align: "right" },
          { title: "gzip", align: "right" },
        ],
        rows: [
          ...shown
            .filter(isLarge)
            .map(({ path, first, rawBytes, gzipBytes }) => [
              path,
              markOf(first),
              String(rawBytes),
              String(gzipBytes),
            ]),
          ...[true, false].map((first) => smallRow(shown, first)),
        ],
      },
    ],
    data: { requests, pieces },
  };
}

/** Paths that the library's page asks for until the network is quiet; null without Chromium. */
async function firstRequests(signal: AbortSignal): Promise<readonly string[] | null> {
  await using undo = new AsyncDisposableStack();
  const browser = await launchChromium(undo);
  if (browser === null) return null;
  await ensureWindowBuilt(rootFolder);
  const dataFolder = await mkdtemp(join(tmpdir(), "tare-bench-bytes-"));
  undo.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const page = await browser.newPage();
  const { url } = await serveTare(dataFolder, undo, signal);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  page.on("websocket", (socket) => requests.push(new URL(socket.url()).pathname));
  await openLibrary(page, url);
  await page.waitForLoadState("networkidle");
  return requests;
}

async function pieceOf(folder: string, path: string, requests: readonly string[]): Promise<Piece> {
  const content = await readFile(join(folder, path));
  return {
    path,
    rawBytes: content.length,
    gzipBytes: gzipSync(content).length,
    first: requests.some((request) => fileOf(request) === path),
  };
}

const largeBytes = 2000;

function isLarge({ rawBytes }: Piece): boolean {
  return rawBytes >= largeBytes;
}

function markOf(first: boolean): string {
  return first ? "yes" : "";
}

function smallRow(shown: readonly Piece[], first: boolean): string[] {
  const small = shown.filter((piece) => !isLarge(piece) && piece.first === first);
  const sum = (of: "rawBytes" | "gzipBytes") => String(small.reduce((total, piece) => total + piece[of], 0));
  const title = `${small.length} files below ${largeBytes} bytes`;
  return [title, markOf(first), sum("rawBytes"), sum("gzipBytes")];
}

/** The page itself is at every path without a file. */
function fileOf(request: string): string {
  return request === "/" ? "index.html" : request.slice(1);
}

function kilobytes(pieces: readonly Piece[], of: "rawBytes" | "gzipBytes"): string {
  return (pieces.reduce((sum, piece) => sum + piece[of], 0) / 1000).toFixed(0);
}
