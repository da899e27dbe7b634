// Whether an element is in view or close to it; once it was, it stays so. What is far away is not drawn.
import { useEffect, useState, type RefObject } from "react";

/** Pixels above and below the view that count as close. */
const margin = 900;

export function useNear(ref: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null || near) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      // The page's content scrolls in a box of its own, not in the window.
      { root: element.closest("[data-scroller]"), rootMargin: `${margin}px 0px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, near]);
  return near;
}
