// The library as a page shows it: read again whenever its index changes, and while a campaign in it is under way.
import { useEffect, useState } from "react";
import type { IndexState } from "#shared/contract/library.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { startFollowing } from "#renderer/api/follow.ts";
import type { Loaded } from "./loaded-store.ts";
import { useLibrary } from "./core-stores.ts";

const everyMs = 3000;
/** While the index grows, every entry changes it. */
const pauseMs = 700;

interface FreshLibrary extends Loaded<Awaited<ReturnType<typeof api.library.list>>> {
  /** How far the index is; null before it is known. */
  readonly index: IndexState | null;
  /** Why the page no longer hears of changes. */
  readonly deaf: Failure | null;
}

export function useFreshLibrary(): FreshLibrary {
  const library = useLibrary();
  const { value, reload } = library;
  const [watched, setWatched] = useState<IndexState | null>(null);
  const [deaf, setDeaf] = useState<Failure | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = startFollowing<IndexState>({
      open: (signal) => api.library.watch(undefined, { signal }),
      onItem: (index) => {
        setWatched(index);
        const known = useLibrary.current().value?.index;
        if (timer !== null || (known?.generation === index.generation && known.building === index.building))
          return;
        timer = setTimeout(() => {
          timer = null;
          void reload();
        }, pauseMs);
      },
      onFailure: setDeaf,
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [reload]);

  const running = value?.campaigns.some(({ status }) => status === "running") ?? false;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void reload(), everyMs);
    return () => clearInterval(timer);
  }, [running, reload]);
  return { ...library, index: watched ?? value?.index ?? null, deaf };
}
