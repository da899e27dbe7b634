// A value that is loaded from the core, kept for all pages, and loaded again on request.
import { useEffect } from "react";
import { create } from "zustand";
import type { Failure } from "#shared/model/error.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { useConnection } from "./connection-store.ts";

export interface Loaded<T> {
  /** What was loaded last; null before that. Stays while it is loaded again. */
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  readonly reload: () => Promise<void>;
  readonly replace: (value: T) => void;
}

export interface UseLoaded<T> {
  (): Loaded<T>;
  /** The state outside of components. */
  readonly current: () => Loaded<T>;
}

/** A hook that loads at first use and after every new connection. */
export function createLoadedStore<T>(load: () => Promise<T>): UseLoaded<T> {
  let latest = 0;
  const useStore = create<Loaded<T>>()((set) => ({
    value: null,
    failure: null,
    loading: false,
    // A load that is under way does not know of it.
    replace: (value) => {
      latest += 1;
      set({ value, failure: null, loading: false });
    },
    reload: async () => {
      latest += 1;
      const mine = latest;
      set({ loading: true });
      try {
        const value = await load();
        if (mine === latest) set({ value, failure: null, loading: false });
      } catch (error) {
        if (mine === latest) set({ failure: failureOf(error), loading: false });
      }
    },
  }));
  let loadedFor = -1;
  const useLoaded = (): Loaded<T> => {
    const generation = useConnection((state) => state.generation);
    const state = useStore();
    const { reload } = state;
    useEffect(() => {
      if (generation === loadedFor || generation === 0) return;
      loadedFor = generation;
      void reload();
    }, [generation, reload]);
    return state;
  };
  return Object.assign(useLoaded, { current: useStore.getState });
}
