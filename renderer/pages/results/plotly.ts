// Plotly with nothing but bars and scatter plots: the whole of it would be several times as large.
import bar from "plotly.js/lib/bar";
import Plotly from "plotly.js/lib/core";
import type { Figure, Trace } from "#shared/figures/figure.ts";
import { seenOf, type Ranges } from "#shared/figures/seen.ts";
import { drawnWhole, pointCount, thinned, thinnedText } from "#shared/figures/thin.ts";

// The core brings scatter along.
Plotly.register([bar]);

export type ImageFormat = "svg" | "png";

interface Drawing {
  readonly figure: Figure;
  /** Name of a saved image, without its ending. */
  readonly fileName: string;
  /** Called with the key of the row whose point was clicked. */
  readonly onPoint: (rowKey: string) => void;
  /** Told how many points are drawn, as `drawFigure` resolves with, when a zoom has changed that. */
  readonly onDrawn?: (note: string) => void;
}

/**
 * Draws the figure into the element, or changes what is there; keeps a person's zoom while data comes in. Of very many
 * points it draws those that can be told apart, anew after each zoom; resolves with the sentence that says so, empty
 * where all are drawn.
 */
export async function drawFigure(element: HTMLElement, drawing: Drawing): Promise<string> {
  const { figure, fileName, onPoint, onDrawn } = drawing;
  const { data, note } = drawnData(element, figure, rangesOf(element, figure));
  const drawn = await Plotly.react(
    element,
    // Plotly writes into what it is given.
    structuredClone(data) as Plotly.Data[],
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
  drawn.removeAllListeners("plotly_relayout");
  if (pointCount(figure.data) > drawnWhole)
    drawn.on("plotly_relayout", (change) => {
      if (!Object.keys(change).some((name) => /^[xy]axis/.test(name))) return;
      drawFigure(element, drawing).then(onDrawn, (error: unknown) => reportError(error));
    });
  return note;
}

interface Drawn {
  readonly data: readonly Trace[];
  readonly note: string;
}

/** Pixels that titles, ticks and the legend take, roughly. */
const around = { width: 80, height: 160 };

function drawnData(element: HTMLElement, figure: Figure, ranges: Ranges): Drawn {
  if (pointCount(figure.data) <= drawnWhole) return { data: figure.data, note: "" };
  const { width, height } = element.getBoundingClientRect();
  const size = { width: Math.max(200, width - around.width), height: Math.max(100, height - around.height) };
  const thin = thinned(figure.data, seenOf(figure, size, ranges));
  return { data: thin.data, note: thinnedText(thin) };
}

interface FullAxis {
  readonly autorange?: boolean;
  readonly range?: [number, number];
}

/** What a person zoomed to, where this same figure is drawn already. */
function rangesOf(element: HTMLElement, figure: Figure): Ranges {
  const { _fullLayout: full } = element as {
    readonly _fullLayout?: Readonly<Record<string, unknown>> & { readonly uirevision?: unknown };
  };
  if (full === undefined || full.uirevision !== figure.id) return {};
  return Object.fromEntries(
    Object.keys(full)
      .filter((name) => /^[xy]axis\d*$/.test(name))
      .map((name) => {
        const axis = full[name] as FullAxis;
        return [name, axis.autorange === false ? axis.range : undefined];
      }),
  );
}

function layoutOf({ layout }: Figure): Partial<Plotly.Layout> {
  return structuredClone(layout) as Partial<Plotly.Layout>;
}

/** Fits the figure to its element, where it is drawn already. */
export function resizeFigure(element: HTMLElement): void {
  if ("_fullLayout" in element && element.clientWidth > 0) Plotly.Plots.resize(element);
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
  const data = structuredClone(drawnData(element, figure, {}).data) as Plotly.Data[];
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
