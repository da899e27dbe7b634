// Which steps a person has been to, by address, for as long as the window is open.
import { useEffect } from "react";
import { create } from "zustand";

const useSeen = create<{ readonly hrefs: ReadonlySet<string> }>()(() => ({ hrefs: new Set() }));

/** Addresses of steps that were left: what is in them is settled. The one that is shown counts once it is left. */
export function useSeenSteps(current: string): ReadonlySet<string> {
  useEffect(
    () => () => useSeen.setState(({ hrefs }) => ({ hrefs: new Set([...hrefs, current]) })),
    [current],
  );
  return useSeen(({ hrefs }) => hrefs);
}
