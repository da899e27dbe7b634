// How a series is drawn where several campaigns share a figure: colour and shape are the environment's, shade and dash
// the configuration's, fill and texture the campaign's. Nothing is told by colour alone.
import type { EnvironmentName } from "../../model/configuration.ts";
import type { PatternShape } from "../figure.ts";
import { configurationColor, configurationDashes, tintedColor } from "../palette.ts";
import type { Dash, FigureTheme } from "../palette.ts";

export interface Look {
  readonly color: string;
  /** Of bars: the colour, or a tint of it. */
  readonly fill: string;
  readonly pattern: PatternShape;
  readonly dash: Dash;
  readonly width: number;
  readonly symbol: string;
  /** Symbol of what is not proven. */
  readonly crossed: string;
  /** Campaign's letter (`A`); empty where there is but one. */
  readonly letter: string;
}

/** Campaigns that looks and letters can tell apart. */
export const lookCount = 8;

const shapes: Readonly<Record<EnvironmentName, string>> = {
  native: "circle",
  docker: "square",
  kvm: "diamond",
};

const campaigns = [
  { tinted: false, pattern: "", symbol: "" },
  { tinted: true, pattern: "", symbol: "-open" },
  { tinted: false, pattern: ".", symbol: "-dot" },
  { tinted: true, pattern: "-", symbol: "-open-dot" },
  { tinted: false, pattern: "|", symbol: "" },
  { tinted: true, pattern: "+", symbol: "-open" },
  { tinted: true, pattern: ".", symbol: "-dot" },
  { tinted: false, pattern: "-", symbol: "-open-dot" },
] as const;

interface LookOf {
  readonly environment: EnvironmentName;
  /** Place among the configurations of its environment, from 0. */
  readonly configuration: number;
  /** Place among the campaigns, from 0. */
  readonly campaign: number;
  readonly campaigns: number;
}

export function seriesLook(of: LookOf, { scheme }: Pick<FigureTheme, "scheme">): Look {
  const color = configurationColor(scheme, of.environment, of.configuration);
  const { tinted, pattern, symbol } = campaigns[of.campaign % lookCount] ?? campaigns[0];
  const shape = shapes[of.environment];
  return {
    color,
    fill: tinted ? tintedColor(scheme, color, 0.62) : color,
    pattern,
    dash: configurationDashes[of.configuration % configurationDashes.length] ?? "solid",
    width: of.campaign < 4 ? 1.8 : 1.2,
    symbol: `${shape}${symbol}`,
    crossed: `${shape}-x-open`,
    letter: of.campaigns > 1 ? campaignLetter(of.campaign) : "",
  };
}

/** A to Z; 27 and on have their number. */
export function campaignLetter(place: number): string {
  return place < 26 ? String.fromCodePoint(65 + place) : String(place + 1);
}
