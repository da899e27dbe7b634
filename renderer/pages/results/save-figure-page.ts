// Saves a figure as a page of its own, which opens from disk without Tare and without a network.
import type { Figure } from "#shared/figures/figure.ts";
import { figurePage } from "#shared/figures/figure-page.ts";
import type { FigureTheme } from "#shared/figures/palette.ts";
import type { Provenance } from "#shared/figures/provenance.ts";
import { saveText } from "#renderer/format/save-file.ts";

interface SavedFigure {
  readonly figure: Figure;
  readonly summary: string;
  readonly provenance: readonly Provenance[];
  readonly theme: FigureTheme;
  /** Without its ending. */
  readonly fileName: string;
  readonly version: string;
}

export async function saveFigurePage({ fileName, version, ...page }: SavedFigure): Promise<void> {
  const response = await fetch("/figure-script.js", { credentials: "same-origin" });
  if (!response.ok)
    throw new Error(
      `the script that draws it cannot be read (HTTP status ${response.status}); build the window again`,
    );
  const text = figurePage({
    ...page,
    script: await response.text(),
    madeWith: `Tare ${version}, ${new Date().toISOString()}`,
  });
  saveText(text, `${fileName}.html`, "text/html");
}
