// The look of Tare: dense, calm, exact. Plex fonts, small radii, one accent colour, cool greys.
import { environmentColors, type ColorScheme } from "#shared/figures/palette.ts";
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const iris: MantineColorsTuple = [
  "#f2f0fb",
  "#e2defa",
  "#c5bdf3",
  "#a99dec",
  "#9284e6",
  "#7b6bdb",
  "#5f4ec4",
  "#4f3fa3",
  "#413487",
  "#33296b",
];

/** Mantine's `gray`: borders and text of the light scheme. */
const gray: MantineColorsTuple = [
  "#f7f8f9",
  "#f0f2f4",
  "#e5e8eb",
  "#d7dce0",
  "#c3c9cf",
  "#9aa3ab",
  "#656e77",
  "#49515a",
  "#2f353c",
  "#1a1e23",
];

/** Mantine's `dark`: text (first) to backgrounds (last) of the dark scheme. */
const dark: MantineColorsTuple = [
  "#d6dade",
  "#b6bdc4",
  "#969fa8",
  "#6b747d",
  "#383f46",
  "#2c3238",
  "#20252a",
  "#181c20",
  "#131619",
  "#0e1013",
];

export const theme = createTheme({
  primaryColor: "iris",
  primaryShade: { light: 7, dark: 6 },
  colors: { iris, gray, dark },
  fontFamily: '"IBM Plex Sans", system-ui, sans-serif',
  fontFamilyMonospace: '"IBM Plex Mono", ui-monospace, monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.35", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  headings: {
    fontFamily: '"IBM Plex Sans", system-ui, sans-serif',
    fontWeight: "600",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.3" },
      h2: { fontSize: "0.9375rem", lineHeight: "1.4" },
      h3: { fontSize: "0.8125rem", lineHeight: "1.4" },
      h4: { fontSize: "0.8125rem", lineHeight: "1.4" },
      h5: { fontSize: "0.75rem", lineHeight: "1.4" },
      h6: { fontSize: "0.75rem", lineHeight: "1.4" },
    },
  },
  radius: { xs: "1px", sm: "2px", md: "3px", lg: "4px", xl: "6px" },
  defaultRadius: "sm",
  spacing: { xs: "0.375rem", sm: "0.625rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  focusRing: "auto",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "xs" } },
    TextInput: { defaultProps: { size: "xs" } },
    PasswordInput: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs", allowDeselect: false } },
    MultiSelect: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    Checkbox: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "xs" } },
    Radio: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Badge: { defaultProps: { radius: "sm" } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: false } },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 0 },
        closeButtonProps: { "aria-label": "Close the dialog" },
      },
    },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close the message" } } },
    Table: { defaultProps: { verticalSpacing: 4, horizontalSpacing: 10 } },
    // Colour alone does not tell a link inside a sentence.
    Anchor: { defaultProps: { underline: "always" } },
  },
});

/** Surfaces and lines by role, so that no page names a grey. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...environmentVariables("light"),
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": "#1a1e23",
    "--mantine-color-dimmed": "#5a636c",
    "--mantine-color-placeholder": "#6d7680",
    "--mantine-color-error": "#b3261e",
    "--mantine-color-anchor": "#4f3fa3",
    "--tare-page": "#f7f8f9",
    "--tare-panel": "#ffffff",
    "--tare-sunken": "#f0f2f4",
    "--tare-line": "#dde1e5",
    "--tare-line-strong": "#c3c9cf",
    "--tare-hover": "#f0f2f4",
    "--tare-accent-text": "#4f3fa3",
    "--tare-accent-wash": "#efedfa",
    "--tare-ok": "#1f6f43",
    "--tare-warning": "#8a5a00",
    "--tare-failure": "#b3261e",
    "--tare-failure-wash": "#fdf0ee",
    "--tare-warning-wash": "#fdf5e4",
  },
  dark: {
    ...environmentVariables("dark"),
    "--mantine-color-body": "#181c20",
    "--mantine-color-text": "#d6dade",
    "--mantine-color-dimmed": "#9aa3ac",
    "--mantine-color-placeholder": "#848d96",
    "--mantine-color-error": "#ff8a80",
    "--mantine-color-anchor": "#b0a5f2",
    "--tare-page": "#131619",
    "--tare-panel": "#181c20",
    "--tare-sunken": "#0e1013",
    "--tare-line": "#2c3238",
    "--tare-line-strong": "#424a52",
    "--tare-hover": "#20252a",
    "--tare-accent-text": "#b0a5f2",
    "--tare-accent-wash": "#252140",
    "--tare-ok": "#6fca98",
    "--tare-warning": "#e9b44c",
    "--tare-failure": "#ff8a80",
    "--tare-failure-wash": "#331a18",
    "--tare-warning-wash": "#2e2512",
  },
});

function environmentVariables(scheme: ColorScheme): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environmentColors[scheme]).map(([name, color]) => [`--tare-${name}`, color]),
  );
}
