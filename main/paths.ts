// Where Tare keeps its files on this computer, and where its own assets are.
import { homedir } from "node:os";
import { join, resolve } from "node:path";

export interface Paths {
  readonly data: string;
  readonly campaigns: string;
  readonly labs: string;
  /** Configurations that a person saved as presets. */
  readonly presets: string;
  /** Drafts of wizards. */
  readonly drafts: string;
  /** What was applied to hosts without a campaign, and undone by hand: the journal on this computer. */
  readonly byHand: string;
  /** Host keys that a person accepted in Tare. */
  readonly knownHosts: string;
  /** The library's index: derived from the campaigns' folders, and made again where it is missing. */
  readonly index: string;
  /** Removed campaigns that can still be brought back. */
  readonly removed: string;
  /** What a person wrote about the paper's campaign. */
  readonly paperNotes: string;
  readonly cache: string;
  /** Scripts and sources that go to hosts. */
  readonly assets: string;
  /** The built window. */
  readonly renderer: string;
}

/** Folders by the XDG rules; `TARE_DATA` and `TARE_CACHE` move them. `root` is the folder that holds assets/ and out/. */
export function pathsOf(environment: NodeJS.ProcessEnv, root: string): Paths {
  const data = resolve(
    environment["TARE_DATA"] ?? join(environment["XDG_DATA_HOME"] ?? join(homedir(), ".local/share"), "tare"),
  );
  return {
    data,
    campaigns: join(data, "campaigns"),
    labs: join(data, "labs"),
    presets: join(data, "configurations"),
    drafts: join(data, "drafts"),
    byHand: join(data, "by-hand"),
    knownHosts: join(data, "known_hosts"),
    index: join(data, "library.sqlite"),
    removed: join(data, "removed"),
    paperNotes: join(data, "felter-2014.json"),
    cache: resolve(
      environment["TARE_CACHE"] ?? join(environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "tare"),
    ),
    assets: join(root, "assets"),
    renderer: join(root, "out/renderer"),
  };
}
