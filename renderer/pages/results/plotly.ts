// Plotly with nothing but bars and scatter plots: the whole of it would be several times as large.
import bar from "plotly.js/lib/bar";
import Plotly from "plotly.js/lib/core";
import type { Figure } from "#shared/figures/figure.ts";

// The core brings scatter along.
Plotly.register([bar]);

export type ImageFormat = "svg" | "png";

interface Drawing {
  readonly figure: Figure;
  /** Name of a saved image, without its ending. */
  readonly fileName: string;
  /** Called with the key of the row whose point was clicked. */
  readonly onPoint: (rowKey: string) => void;
}

/** Draws the figure into the element, or changes what is there; keeps a person's zoom while data comes in. */
export async function drawFigure(
  element: HTMLElement,
  { figure, fileName, onPoint }: Drawing,
): Promise<void> {
  const drawn = await Plotly.react(
    element,
    // Plotly writes into what it is given.
    structuredClone(figure.data) as Plotly.Data[],
    { ...layoutOf(figure), autosize: true, uirevision: figure.id },
    {
      displaylogo: false,
      showSendToCloud: false,
      responsive: true,
      displayModeBar: false,
      toImageButtonOptions: { format: "svg", filename: fileName },
    },
  );
  drawn.removeAllListeners("plotly_click");
  drawn.on("plotly_click", ({ points }) => {
    const key = points[0]?.customdata;
    if (typeof key === "string" && key !== "") onPoint(key);
  });
}

function layoutOf({ layout }: Figure): Partial<Plotly.Layout> {
  return structuredClone(layout) as Partial<Plotly.Layout>;
}

export function purgeFigure(element: HTMLElement): void {
  Plotly.purge(element);
}

/** An image is shown where the window's fonts are not: it is drawn with those that every system has. */
const imageFont = "Helvetica, Arial, sans-serif";

/** Saves the figure in the size that it has in the element; a PNG has twice as many dots each way. */
export async function saveFigure(
  element: HTMLElement,
  { figure, fileName }: Pick<Drawing, "figure" | "fileName">,
  format: ImageFormat,
): Promise<void> {
  const { width, height } = element.getBoundingClientRect();
  const data = structuredClone(figure.data) as Plotly.Data[];
  const layout = layoutOf(figure);
  await Plotly.downloadImage(
    { data, layout: { ...layout, font: { ...layout.font, family: imageFont } } },
    {
      format,
      filename: fileName,
      width: Math.round(width),
      height: Math.round(height),
      ...(format === "png" ? { scale: 2 } : {}),
    },
  );
}
