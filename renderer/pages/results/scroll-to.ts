// Scrolls the page's content, and nothing around it: the browser's own way moves every box that can move.

/** Brings the element's upper edge so many pixels under the upper edge of the content. */
function scrollToTop(element: Element, below: number): void {
  const scroller = element.closest("[data-scroller]");
  if (scroller === null) return;
  scroller.scrollTop += element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - below;
}

/** What is scrolled past is drawn now, and takes another height than it was thought to. */
const settleMs = 2000;

/**
 * Brings the element to the top as `scrollToTop` does, and keeps it there while what is above is drawn; until a person
 * scrolls, and no longer than two seconds. Returns the function that stops.
 */
export function startHoldingAtTop(element: Element, below: number): () => void {
  const scroller = element.closest("[data-scroller]");
  scrollToTop(element, below);
  if (scroller === null) return () => undefined;
  const observer = new ResizeObserver(() => scrollToTop(element, below));
  for (const part of [...(element.parentElement?.children ?? []), ...scroller.children])
    observer.observe(part);
  const gestures = ["wheel", "pointerdown", "keydown", "touchmove"] as const;
  const timer = setTimeout(() => stop(), settleMs);
  const stop = (): void => {
    clearTimeout(timer);
    observer.disconnect();
    for (const gesture of gestures) window.removeEventListener(gesture, stop);
  };
  for (const gesture of gestures) window.addEventListener(gesture, stop, { passive: true });
  return stop;
}

/** Scrolls no further than is needed to see the element, and not at all where it is in view. */
export function scrollIntoSight(element: Element): void {
  const scroller = element.closest("[data-scroller]");
  if (scroller === null) return;
  const view = scroller.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  const margin = 60;
  if (top < view.top + margin) scroller.scrollTop += top - view.top - margin;
  else if (bottom > view.bottom - margin) scroller.scrollTop += bottom - view.bottom + margin;
}
