// Keeps the focus on the button that moved an item of a list: an element that moves in the document loses it.
import { useEffect, useRef, type RefObject } from "react";

interface FocusAfterMove {
  /** For the list. Its items have two buttons, earlier and later, marked with `data-moves` and their id. */
  readonly list: RefObject<HTMLOListElement | null>;
  readonly focusAfterMove: (id: string, from: number, to: number) => void;
}

export function useFocusAfterMove(items: readonly { readonly id: string }[]): FocusAfterMove {
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<{ readonly id: string; readonly from: number; readonly to: number } | null>(null);
  useEffect(() => {
    if (moved.current === null) return;
    const { id, from, to } = moved.current;
    // The list is drawn once more before the new order is known.
    if (items[to]?.id !== id) return;
    moved.current = null;
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>(`[data-moves="${id}"]`) ?? [])];
    // At an end of the list the other one is left.
    const wanted = to > from ? buttons.toReversed() : buttons;
    wanted.find(({ disabled }) => !disabled)?.focus();
  }, [items]);
  return {
    list,
    focusAfterMove: (id, from, to) => {
      moved.current = { id, from, to };
    },
  };
}
