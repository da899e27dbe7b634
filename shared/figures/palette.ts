// Colours of environments and of verdicts, the same in figures, tables and timelines; for light and dark backgrounds.
import type { EnvironmentName } from "../model/configuration.ts";

export type ColorScheme = "light" | "dark";

/** What a figure takes from the window's theme. */
export interface FigureTheme {
  readonly scheme: ColorScheme;
  readonly text: string;
  readonly grid: string;
  readonly paper: string;
  readonly font: string;
}

/** Blue, vermilion and green of Okabe and Ito (2008): told apart by colour-blind eyes; at least 3:1 on the background. */
export const environmentColors: Readonly<Record<ColorScheme, Readonly<Record<EnvironmentName, string>>>> = {
  light: { native: "#0072b2", docker: "#d55e00", kvm: "#009e73" },
  dark: { native: "#4aa3df", docker: "#f08a4b", kvm: "#3fbf9a" },
};

/** Grey means "not distinguishable", and nothing else. */
export const indistinguishableColor: Readonly<Record<ColorScheme, string>> = {
  light: "#b4bac0",
  dark: "#5d666f",
};

/** Line dashes that tell configurations of one environment apart, in the order of the campaign. */
export const configurationDashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"] as const;
export type Dash = (typeof configurationDashes)[number];

/** Color of the n-th configuration of an environment (from 0): the environment's own, then shades of it. */
export function configurationColor(scheme: ColorScheme, environment: EnvironmentName, index: number): string {
  const color = environmentColors[scheme][environment];
  const target = scheme === "light" ? 0 : 255;
  // Every shade moves a further step away from the background, so that contrast only grows.
  return mixed(color, target, Math.min(0.6, 0.3 * index));
}

/** A colour moved towards the background, for what is filled beside something of the same colour. */
export function tintedColor(scheme: ColorScheme, color: string, share: number): string {
  return mixed(color, scheme === "light" ? 255 : 24, share);
}

function mixed(color: string, target: number, share: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const hex = parts.map((part) =>
    Math.round(part + (target - part) * share)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}
