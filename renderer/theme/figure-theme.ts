// What figures take of the window's theme.
import { useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useMemo } from "react";
import type { FigureTheme } from "#shared/figures/palette.ts";
import { cssVariables } from "./theme.ts";

export function useFigureTheme(): FigureTheme {
  const scheme = useComputedColorScheme("light");
  const theme = useMantineTheme();
  return useMemo(() => {
    const variables: Readonly<Record<string, string>> = cssVariables(theme)[scheme];
    const color = (name: string) => variables[name] ?? "";
    return {
      scheme,
      text: color("--mantine-color-text"),
      grid: color("--tare-line"),
      paper: color("--tare-panel"),
      font: theme.fontFamily,
    };
  }, [scheme, theme]);
}
