// The script of a saved page: draws the figure of every `[data-figure]` from the JSON whose element it names.
import type { Figure } from "#shared/figures/figure.ts";
import { drawFigure } from "#renderer/pages/results/plotly.ts";

const dark = matchMedia("(prefers-color-scheme: dark)");
/** Paper is light. */
let printing = false;

function drawAll(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-figure]"))
    drawn(element).catch((error: unknown) => {
      element.textContent = `The figure could not be drawn (${String(error)}); its values stand in the table.`;
    });
}

drawAll();
// Only pages that bring dark figures along look different then.
if (document.querySelector('script[type="application/json"][id$="-dark"]') !== null) {
  dark.addEventListener("change", drawAll);
  for (const [name, begins] of [
    ["beforeprint", true],
    ["afterprint", false],
  ] as const)
    addEventListener(name, () => {
      printing = begins;
      drawAll();
    });
}

/** The figure's data: those for dark where the page has them and is dark. */
function sourceOf(id: string): HTMLElement | null {
  const own = dark.matches && !printing ? document.getElementById(`${id}-dark`) : null;
  return own ?? document.getElementById(id);
}

async function drawn(element: HTMLElement): Promise<void> {
  const source = sourceOf(element.dataset["figure"] ?? "");
  if (source === null) throw new Error("the page has no data for it");
  const figure = JSON.parse(source.textContent) as Figure;
  const from = performance.now();
  const note = document.querySelector(`[data-figure-note="${CSS.escape(figure.id)}"]`);
  const show = (text: string): void => {
    if (note !== null) note.textContent = text;
  };
  show(await drawFigure(element, { figure, fileName: figure.id, onPoint: showRow, onDrawn: show }));
  performance.measure(`figure ${figure.id}`, { start: from });
}

/** The line of the table that a point stands for. */
function showRow(key: string): void {
  for (const line of document.querySelectorAll("[data-point]")) line.removeAttribute("data-shown");
  const line = document.querySelector(`[data-point="${CSS.escape(key)}"]`);
  line?.setAttribute("data-shown", "");
  line?.closest("details")?.setAttribute("open", "");
  line?.scrollIntoView({ block: "center" });
}
