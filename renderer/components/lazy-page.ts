// Parts of the window that are loaded when they are first shown.
import { lazy, type ComponentType } from "react";

const attempts = 4;
const firstWaitMs = 200;

/** Tries again a few times: a request fails when an interface of the machine appears or goes (ERR_NETWORK_CHANGED). */
export function lazyPage<P extends object>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => ({ default: await persistently(load) }));
}

async function persistently<T>(load: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await load();
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, firstWaitMs * 2 ** attempt));
    }
  }
}
