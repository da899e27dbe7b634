// Things of one kind on this computer, one JSON file each, named by its id. What cannot be read is reported and kept.
import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { type Failure, TareError } from "#shared/model/error.ts";
import { writeFileAtomic } from "./atomic-file.ts";

export interface JsonStore<T> {
  /** All that can be read, by file name, and a failure for each file that cannot. */
  list(): Promise<{ items: T[]; errors: Failure[] }>;
  /** Throws TareError INPUT_INVALID where a file of that id is there and cannot be read: it is not overwritten. */
  save(item: T): Promise<T>;
  remove(id: string): Promise<void>;
}

interface JsonStoreOptions<T> {
  /** Made at the first save. */
  readonly folder: string;
  readonly schema: z.ZodType<T>;
  /** What one of them is called in a sentence: "lab". */
  readonly noun: string;
}

export function createJsonStore<T extends { readonly id: string }>(
  options: JsonStoreOptions<T>,
): JsonStore<T> {
  const { folder, schema, noun } = options;
  const fileOf = (id: string) => join(folder, `${id}.json`);

  async function read(id: string): Promise<T> {
    const item = schema.parse(JSON.parse(await readFile(fileOf(id), "utf8")));
    if (item.id !== id) throw new Error(`Its id is ${item.id}, which is not the name of the file.`);
    return item;
  }

  return {
    async list() {
      const items: T[] = [];
      const errors: Failure[] = [];
      for (const name of await namesIn(folder)) {
        try {
          items.push(await read(name.slice(0, -".json".length)));
        } catch (error) {
          const detail = error instanceof Error ? error.message : String(error);
          const message = `The ${noun} file ${join(folder, name)} cannot be read.`;
          errors.push({ code: "INPUT_INVALID", message, detail });
        }
      }
      return { items, errors };
    },
    async save(item) {
      await read(item.id).catch((error: unknown) => {
        if (isMissing(error)) return;
        throw new TareError(
          "INPUT_INVALID",
          `The ${noun} file ${fileOf(item.id)} is there and cannot be read, so it is not overwritten. Move it away first.`,
          { cause: error },
        );
      });
      // Labs, presets and drafts name machines and devices: for their owner only.
      await writeFileAtomic(fileOf(item.id), `${JSON.stringify(item, null, 2)}\n`, 0o600);
      return item;
    },
    remove: (id) => rm(fileOf(id), { force: true }),
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
