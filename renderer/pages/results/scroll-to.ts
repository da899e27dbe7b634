// Scrolls the page's content, and nothing around it: the browser's own way moves every box that can move.

/** Brings the element's upper edge so many pixels under the upper edge of the content. */
export function scrollToTop(element: Element, below: number): void {
  const scroller = element.closest("[data-scroller]");
  if (scroller === null) return;
  scroller.scrollTop += element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - below;
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
