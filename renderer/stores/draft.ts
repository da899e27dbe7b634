// Drafts of forms: kept for as long as the browser's tab, so that leaving a page loses nothing.
import type { z } from "zod";

export interface Draft<T> {
  /** What was left unfinished; null where there is nothing, or nothing that this version can read. */
  read(): T | null;
  write(value: T): void;
  clear(): void;
}

export function draftOf<T>(name: string, schema: z.ZodType<T>): Draft<T> {
  const key = `tare.draft.${name}`;
  return {
    read: () => {
      const text = sessionStorage.getItem(key);
      if (text === null) return null;
      return schema.safeParse(parsed(text)).data ?? null;
    },
    write: (value) => sessionStorage.setItem(key, JSON.stringify(value)),
    clear: () => sessionStorage.removeItem(key),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
