// The cells of the machine map in the page: which CPU is where.

const selector = "[data-cpu]";

/** The CPU of a cell, or of what is inside one. */
export function cpuOf(target: EventTarget | null): number | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>(selector) : null;
  return cell === null ? null : Number(cell.dataset["cpu"]);
}

/** The first CPU of the core whose head it is. */
export function coreOf(target: EventTarget | null): number | null {
  const head = target instanceof Element ? target.closest<HTMLElement>("[data-core-of]") : null;
  return head === null ? null : Number(head.dataset["coreOf"]);
}

/** The CPU at a point of the window. */
export function cpuAt(x: number, y: number): number | null {
  return cpuOf(document.elementFromPoint(x, y));
}

export function focusCpu(map: HTMLElement, cpu: number): void {
  map.querySelector<HTMLElement>(`[data-cpu="${cpu}"]`)?.focus();
}

/** The nearest cell in the next row below (1) or above (-1), as they are drawn; null where there is none. */
export function cellBelow(map: HTMLElement, cpu: number, direction: 1 | -1): number | null {
  const cells = [...map.querySelectorAll<HTMLElement>(selector)].map((cell) => ({
    cpu: Number(cell.dataset["cpu"]),
    box: cell.getBoundingClientRect(),
  }));
  const own = cells.find((cell) => cell.cpu === cpu)?.box;
  if (own === undefined) return null;
  const down = (box: DOMRect) => direction * (box.top - own.top);
  // Half a cell: what is drawn in the same row may be off by a fraction of a pixel.
  const beyond = cells.filter(({ box }) => down(box) > own.height / 2);
  const nearest = Math.min(...beyond.map(({ box }) => down(box)));
  const row = beyond.filter(({ box }) => down(box) < nearest + own.height / 2);
  const [best] = row.toSorted((a, b) => Math.abs(a.box.left - own.left) - Math.abs(b.box.left - own.left));
  return best?.cpu ?? null;
}
