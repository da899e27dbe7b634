// The lab's SSH keys: one to log in with and one for each host; made once for each lab id, so that they stay the same.
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { HostRole } from "#shared/model/lab.ts";
import { mustRun } from "./child.ts";

export interface KeyPair {
  readonly path: string;
  readonly secret: string;
  /** The public key as one line: `ssh-ed25519 AAAA… comment`. */
  readonly open: string;
}

export interface LabKeys {
  readonly client: KeyPair;
  readonly host: Readonly<Record<HostRole, KeyPair>>;
}

/** The keys of a lab, below the cache folder; readable by root only. */
export async function ensureKeys(cacheFolder: string, id: string, signal: AbortSignal): Promise<LabKeys> {
  const folder = join(cacheFolder, "keys", id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pair = async (name: string): Promise<KeyPair> => {
    const path = join(folder, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere) await makeKey(path, `tare-${id}-${name}`, signal);
    return { path, secret: await readFile(path, "utf8"), open: await readFile(`${path}.pub`, "utf8") };
  };
  const [client, sut, loadgen] = await Promise.all([pair("client"), pair("sut"), pair("loadgen")]);
  return { client, host: { sut, loadgen } };
}

/** The public half is put in place first: a key that is there is whole. */
async function makeKey(path: string, comment: string, signal: AbortSignal): Promise<void> {
  const made = `${path}.new`;
  for (const old of [made, `${made}.pub`]) await rm(old, { force: true });
  await mustRun(
    "Making an SSH key",
    ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", made],
    {
      signal,
    },
  );
  await rename(`${made}.pub`, `${path}.pub`);
  await rename(made, path);
}
