// Claims that keep labs apart: the lab's folder with its state file, its id and its slot on this machine.
import { link, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { TareError } from "#shared/model/error.ts";
import { idSchema } from "#shared/model/text.ts";
import { withLock } from "./lock.ts";
import { rangeIsFree } from "./machine-network.ts";
import { labFolder, type LabNames, labNames, preferredSlot, slotCount, slotRange } from "./names.ts";
import { startTimeOf } from "./processes.ts";

/** One machine, one registry: symbolic links, which are made whole or not at all, to the folders of the labs. */
const registry = "/run/tare";

/** What is written before anything of a lab is made; all names follow from it. */
const stateSchema = z.strictObject({
  id: idSchema,
  owner: z.strictObject({ pid: z.number().int(), startTime: z.string() }),
});
export type LabState = z.infer<typeof stateSchema>;

/** Holds off every other process that makes or removes labs on this machine, for the moment of the work. */
export async function aloneWithLabs<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  return withLock(`${registry}/labs.lock`, signal, work);
}

/** Claims the id for this process. Throws BUSY where a lab of the same id is there. */
export async function claimId(stateFolder: string, id: string): Promise<void> {
  const folder = labFolder(stateFolder, id);
  await mkdir(folder, { recursive: true });
  const owner = { pid: process.pid, startTime: (await startTimeOf(process.pid)) ?? "" };
  if (!(await writeState(folder, { id, owner })))
    throw new TareError("BUSY", `A demo lab "${id}" is running on this machine or being started.`);
  if (await claim(idLink(id), folder)) return writeFile(permitFile(folder), "");
  await rm(stateFile(folder), { force: true });
  const other = await readlink(idLink(id)).catch(() => "gone");
  throw new TareError("BUSY", `A demo lab "${id}" of another folder is on this machine.`, {
    detail: `${idLink(id)} -> ${other}`,
  });
}

/** Claims the first free slot for the lab, and with it interface names and addresses. */
export async function claimSlot(stateFolder: string, id: string, signal: AbortSignal): Promise<LabNames> {
  for (let tried = 0; tried < slotCount; tried += 1) {
    const slot = (preferredSlot(id) + tried) % slotCount;
    if (!(await rangeIsFree(slotRange(slot), signal))) continue;
    if (await claim(slotLink(slot), labFolder(stateFolder, id))) return labNames(stateFolder, id, slot);
  }
  throw new TareError("UNSUPPORTED", "This machine uses every address range that a demo lab could take.");
}

/** Folders of all labs that are on this machine, whoever started them. */
export async function claimedFolders(): Promise<string[]> {
  const names = (await readdir(registry).catch(() => [])).filter((name) => name.startsWith("lab-"));
  return Promise.all(names.map((name) => readlink(`${registry}/${name}`)));
}

/** Slots that the lab in this folder holds; one, or none where it ended before it had one. */
export async function slotsOf(folder: string): Promise<number[]> {
  const names = await readdir(registry).catch(() => []);
  const slots = names.flatMap((name) => /^slot-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  const mine = await Promise.all(slots.map(async (slot) => (await owns(slotLink(slot), folder)) && slot));
  return mine.filter((slot) => slot !== false);
}

/** True where the id is claimed for this very folder, so that all that bears its name is this lab's. */
export async function ownsId(folder: string, id: string): Promise<boolean> {
  return owns(idLink(id), folder);
}

/** File without which no process of a lab is started; see enter.sh. */
export function permitFile(folder: string): string {
  return join(folder, "permit");
}

/** Takes the permit away, so that nothing is started any more. */
export async function withdrawPermit(folder: string): Promise<void> {
  await rm(permitFile(folder), { force: true });
}

/** Gives the claims back; the last thing that is done to a lab. */
export async function releaseClaims(folder: string, id: string): Promise<void> {
  for (const slot of await slotsOf(folder)) await rm(slotLink(slot), { force: true });
  if (await ownsId(folder, id)) await rm(idLink(id), { force: true });
  await rm(stateFile(folder), { force: true });
}

export async function readState(folder: string): Promise<LabState | undefined> {
  const text = await readFile(stateFile(folder), "utf8").catch(() => undefined);
  return text === undefined ? undefined : stateSchema.parse(JSON.parse(text));
}

/** True while the process that started the lab lives. */
export async function ownerLives(state: LabState): Promise<boolean> {
  return (await startTimeOf(state.owner.pid)) === state.owner.startTime;
}

/** Writes the state file unless one is there; it appears whole or not at all. */
async function writeState(folder: string, state: LabState): Promise<boolean> {
  const whole = join(folder, `lab.json.${process.pid}`);
  await writeFile(whole, `${JSON.stringify(state)}\n`);
  try {
    await link(whole, stateFile(folder));
    return true;
  } catch (error) {
    return refused(error);
  } finally {
    await rm(whole, { force: true });
  }
}

async function claim(path: string, folder: string): Promise<boolean> {
  try {
    await symlink(folder, path);
    return true;
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): false {
  if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
  throw error;
}

async function owns(path: string, folder: string): Promise<boolean> {
  return (await readlink(path).catch(() => undefined)) === folder;
}

function stateFile(folder: string): string {
  return join(folder, "lab.json");
}

function idLink(id: string): string {
  return `${registry}/lab-${id}`;
}

function slotLink(slot: number): string {
  return `${registry}/slot-${slot}`;
}
