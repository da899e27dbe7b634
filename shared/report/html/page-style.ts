// The look of a report: the window's colours with fonts that every system has, on screens of any width and on paper.
import { environmentColors, indistinguishableColor, type ColorScheme } from "../../figures/palette.ts";

const tokens: Readonly<Record<ColorScheme, Readonly<Record<string, string>>>> = {
  light: {
    page: "#f0f2f4",
    panel: "#ffffff",
    text: "#1a1e23",
    dim: "#5a636c",
    line: "#d7dce0",
    accent: "#4f3fa3",
    good: "#1d6b44",
    bad: "#a3341f",
  },
  dark: {
    page: "#0e1013",
    panel: "#181c20",
    text: "#d6dade",
    dim: "#969fa8",
    line: "#2c3238",
    accent: "#a99dec",
    good: "#5cc492",
    bad: "#f0876f",
  },
};

function variables(scheme: ColorScheme): string {
  const all = { ...tokens[scheme], ...environmentColors[scheme], same: indistinguishableColor[scheme] };
  return `color-scheme: ${scheme}; ${Object.entries(all)
    .map(([name, color]) => `--${name}: ${color};`)
    .join(" ")}`;
}

export const figureColors = (scheme: ColorScheme) => ({
  text: tokens[scheme]["text"] ?? "",
  grid: tokens[scheme]["line"] ?? "",
  paper: tokens[scheme]["panel"] ?? "",
});

export const figureFont = '"IBM Plex Sans", system-ui, "Segoe UI", Helvetica, Arial, sans-serif';

export const pageStyle = `
:root { ${variables("light")} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables("dark")} } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 12px; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--text); font: 13px/1.5 ${figureFont}; font-variant-numeric: tabular-nums; }
code, pre, .mono { font-family: "IBM Plex Mono", ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: 12px; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; padding: 4px 8px; background: var(--panel); z-index: 1; }
.frame { display: grid; grid-template-columns: 208px minmax(0, 1fr); max-width: 1480px; margin: 0 auto; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 20px 12px 20px 20px; }
nav p { margin: 0 0 8px; color: var(--dim); font-size: 11px; letter-spacing: 0.08em; text-transform: uppercase; }
nav ol { list-style: none; margin: 0; padding: 0; border-left: 1px solid var(--line); }
nav a { display: block; padding: 2px 10px; color: var(--text); text-decoration: none; }
nav a:hover { color: var(--accent); box-shadow: inset 2px 0 var(--accent); }
main { min-width: 0; padding: 20px 20px 60px; }
header { padding: 14px 16px; background: var(--panel); border: 1px solid var(--line); border-top: 3px solid var(--accent); border-radius: 2px; }
header .kind { margin: 0; color: var(--dim); font-size: 11px; letter-spacing: 0.08em; text-transform: uppercase; }
h1 { margin: 0 0 10px; font-size: 22px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 0 0 8px; font-size: 15px; line-height: 1.35; }
h3 { margin: 18px 0 4px; font-size: 13px; line-height: 1.4; }
section { margin-top: 12px; padding: 14px 16px; background: var(--panel); border: 1px solid var(--line); border-radius: 2px; }
p { margin: 0 0 8px; max-width: 96ch; }
ul { margin: 0 0 8px; padding-left: 18px; max-width: 110ch; }
li { margin: 2px 0; overflow-wrap: anywhere; }
.dim { color: var(--dim); }
.methods p { font-size: 14px; line-height: 1.6; }
header dl { grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px 20px; }
header dl > div { min-width: 0; }
dl { display: grid; grid-template-columns: minmax(90px, max-content) minmax(0, 1fr); gap: 2px 16px; margin: 0 0 8px; }
dt { color: var(--dim); }
header dt { font-size: 11px; }
dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: 6px 0 10px; border: 1px solid var(--line); border-radius: 2px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 3px 10px; border-bottom: 1px solid var(--line); text-align: left; font-weight: 400; vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--dim); font-size: 11px; white-space: nowrap; vertical-align: bottom; }
tr.heading th { padding-top: 9px; font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.swatch { display: inline-block; width: 8px; height: 8px; margin-right: 7px; border-radius: 1px; }
.swatch.native { background: var(--native); } .swatch.docker { background: var(--docker); } .swatch.kvm { background: var(--kvm); }
.mark { color: var(--dim); }
.verdict { white-space: nowrap; font-weight: 600; }
.verdict.good { color: var(--good); } .verdict.bad { color: var(--bad); } .verdict.open { color: var(--dim); }
.notice { margin: 12px 0 0; padding: 8px 12px; border: 1px solid var(--line); border-left: 3px solid var(--bad); background: var(--panel); }
.notice p { margin: 0; }
svg.ratio { display: block; margin: 3px 0; }
svg.hatches { position: absolute; }
.one { stroke: var(--line); } .whisker { fill: none; stroke: var(--text); stroke-width: 1; }
rect.native { fill: var(--native); } rect.docker { fill: var(--docker); } rect.kvm { fill: var(--kvm); } rect.same { fill: var(--same); }
rect.native.unproven { fill: url(#hatch-native); } rect.docker.unproven { fill: url(#hatch-docker); } rect.kvm.unproven { fill: url(#hatch-kvm); } rect.same.unproven { fill: url(#hatch-same); }
figure { margin: 0 0 4px; }
figure > [data-figure] { height: 460px; }
figure:not(:first-of-type) { margin-top: 22px; padding-top: 14px; border-top: 1px solid var(--line); }
figcaption { margin-bottom: 6px; }
figcaption h3 { margin: 0; }
details { margin: 4px 0 8px; }
summary { cursor: pointer; color: var(--accent); }
details details { margin-left: 12px; }
details > .scroll { max-height: 70vh; overflow: auto; }
pre { margin: 4px 0 8px; padding: 8px 10px; max-height: 70vh; overflow: auto; border: 1px solid var(--line); border-radius: 2px; background: var(--page); white-space: pre-wrap; overflow-wrap: anywhere; }
tr[data-shown] { outline: 2px solid var(--accent); outline-offset: -2px; }
footer { margin-top: 14px; color: var(--dim); font-size: 12px; }
@media (max-width: 1000px) {
  .frame { display: block; }
  nav { position: static; max-height: none; padding: 12px 12px 0; }
  nav ol { display: flex; flex-wrap: wrap; border: 0; gap: 2px 0; }
  nav a { padding: 2px 8px 2px 0; }
  nav a:hover { box-shadow: none; text-decoration: underline; }
  main { padding: 12px 12px 40px; }
  figure > [data-figure] { height: 400px; }
}
@media print {
  @page { margin: 14mm 12mm; }
  body { background: none; font-size: 9.5pt; }
  .frame { display: block; max-width: none; }
  nav, .skip, summary { display: none; }
  main { padding: 0; }
  header, section { border-radius: 0; }
  section { border-width: 1px 0 0; padding: 8pt 0; margin-top: 8pt; }
  .scroll { overflow: visible; border: 0; }
  details > .scroll, pre { max-height: none; overflow: visible; }
  th, td { padding: 2px 5px; }
  .number, thead th { white-space: normal; }
  thead { display: table-header-group; }
  tr, figure, svg { break-inside: avoid; }
  h2, h3, figcaption { break-after: avoid; }
  figure > [data-figure] { height: 380px; width: 680px; max-width: 100%; }
}
`;
