// Arrow keys, Home and End among the options of a dialog, from its filter on.
import { useEffect, useRef, type RefObject } from "react";

/** For the element around the options, which are the buttons marked with `data-option`. Text fields keep what they need themselves. */
export function useOptionKeys(): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = ref.current;
    const move = (event: KeyboardEvent): void => {
      const options = [...(root?.querySelectorAll<HTMLElement>("[data-option]") ?? [])];
      const to = placeAfter(
        event,
        options.findIndex((option) => option === document.activeElement),
        options.length,
      );
      if (to === null) return;
      event.preventDefault();
      options[to]?.focus();
    };
    root?.addEventListener("keydown", move);
    return () => root?.removeEventListener("keydown", move);
  }, []);
  return ref;
}

/** `place` is -1 in the filter, above all options. */
function placeAfter({ key, target }: KeyboardEvent, place: number, count: number): number | null {
  const typing = target instanceof HTMLInputElement;
  if (key === "ArrowDown") return Math.min(place + 1, count - 1);
  if (key === "ArrowUp" && place > 0) return place - 1;
  if (key === "Home" && !typing) return 0;
  if (key === "End" && !typing) return count - 1;
  return null;
}
