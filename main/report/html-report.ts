// The report of a campaign as one HTML file: its figures drawn for light and dark, and the script that shows them.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { figureDefinitions } from "#shared/figures/definitions.ts";
import type { Figure } from "#shared/figures/figure.ts";
import type { FigureDefinition, OverlayInputs } from "#shared/figures/overlay.ts";
import type { ColorScheme } from "#shared/figures/palette.ts";
import type { DataDistribution, Dataset } from "#shared/model/dataset.ts";
import { TareError } from "#shared/model/error.ts";
import { figureColors, figureFont } from "#shared/report/html/page-style.ts";
import type { ReportedFigure } from "#shared/report/html/report-inputs.ts";
import { reportPage } from "#shared/report/html/report-page.ts";
import { readClaims } from "../library/claims.ts";
import type { Paths } from "../paths.ts";
import { allDistributions, readCampaignSource } from "./campaign-source.ts";

export type ReportPaths = Pick<Paths, "campaigns" | "assets" | "renderer">;

/** Throws TareError NOT_FOUND, CAMPAIGN_DAMAGED. */
export async function htmlReport(paths: ReportPaths, campaignId: string, version: string): Promise<string> {
  const source = await readCampaignSource(paths, campaignId);
  const { distributions, unreadable } = await allDistributions(paths, source);
  return reportPage({
    ...source,
    figures: reportedFigures(source.dataset, distributions),
    claims: await readClaims(paths, campaignId, "measured"),
    unreadable,
    script: await figureScript(paths.renderer),
    version,
    madeAt: new Date().toISOString(),
    sha256: (text) => createHash("sha256").update(text).digest("base64"),
  });
}

/** Every figure that the campaign has data for, in all its variants, in absolute values. */
export function reportedFigures(
  dataset: Dataset,
  distributions: readonly DataDistribution[],
): ReportedFigure[] {
  const inputs = (scheme: ColorScheme, variant?: string): OverlayInputs => ({
    datasets: [dataset],
    distributions: new Map([[dataset.id, distributions]]),
    scale: "absolute",
    labelling: "measured",
    theme: { scheme, ...figureColors(scheme), font: figureFont },
    ...(variant === undefined ? {} : { variant }),
  });
  return figureDefinitions.flatMap((definition) => {
    const variants = definition.variants?.(inputs("light")).map(({ id }) => id) ?? [undefined];
    return variants.flatMap((variant, index) => {
      const id = index === 0 ? definition.id : `${definition.id}-${index + 1}`;
      const drawn = (scheme: ColorScheme) => drawnAs(definition, id, inputs(scheme, variant));
      const [light, dark] = [drawn("light"), drawn("dark")];
      if (light === null || dark === null) return [];
      return [{ summary: index === 0 ? definition.summary : "", drawn: { light, dark } }];
    });
  });
}

function drawnAs(definition: FigureDefinition, id: string, inputs: OverlayInputs): Figure | null {
  const figure = definition.draw(inputs);
  return figure === null ? null : { ...figure, id };
}

async function figureScript(renderer: string): Promise<string> {
  const path = join(renderer, "figure-script.js");
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new TareError(
      "NOT_FOUND",
      `The script that draws figures is missing (${path}). Start Tare's window once, which builds it, or install Tare again.`,
      { cause },
    );
  });
}
