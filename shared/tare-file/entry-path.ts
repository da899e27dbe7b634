// Which paths an entry of a .tare file may have: those that a campaign's folder has, and that every file system takes.

const fixed = new Set(["campaign.json", "events.jsonl", "library.json", "README.md"]);

/** Names that Windows keeps for devices, with any extension. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** What is wrong with the path, as the end of a sentence that names it; null where nothing is. */
export function entryPathProblem(path: string): string | null {
  if (path === "" || path.length > 512) return "is empty or longer than 512 characters";
  if (!/^[\x20-\x7e]*$/.test(path)) return "has characters other than printable ASCII";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "is absolute";
  if (path.includes("\\")) return "has a backslash";
  const parts = path.split("/");
  if (parts.includes("..")) return "leads out of the campaign's folder";
  if (parts.some((part) => part === "" || part === ".")) return "is no plain path";
  for (const part of parts) {
    if (part.length > 250) return "has a part longer than 250 characters";
    if (/["*:<>?|]/.test(part) || /^[. ]|[. ]$/.test(part) || device.test(part))
      return "has a name that not every file system takes";
  }
  const [top = "", ...rest] = parts;
  const known =
    (rest.length === 0 && fixed.has(top)) ||
    (top === "facts" && rest.length === 1 && path.endsWith(".json")) ||
    (top === "raw" && rest.length >= 2 && rest.length <= 4 && !path.endsWith(".tmp"));
  return known ? null : "is none that a campaign's folder has";
}

/** Equal for paths that one file system or another takes for the same. */
export function pathKey(path: string): string {
  return path.toLowerCase();
}

/** Order of the files in a .tare file: the design first, then the journal, the rest by name. */
export function comparePaths(a: string, b: string): number {
  return place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0);
}

function place(path: string): number {
  const first = ["campaign.json", "events.jsonl", "library.json", "README.md"].indexOf(path);
  return first === -1 ? 4 : first;
}
