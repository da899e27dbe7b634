// For dialogs that are there only while they are open: the keyboard goes on where they were opened.
import { useEffect } from "react";

/** When the component goes away the focus goes back to what had it when it came, where that is still there. */
export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
}
