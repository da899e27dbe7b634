// What mmdebstrap and Tare's own scripts print while a userland is built, as progress.

interface Stage {
  readonly line: RegExp;
  readonly text: string;
  /** Share of the whole that is behind when the line appears; measured on builds of some 30 s. */
  readonly share: number;
}

const stages: readonly Stage[] = [
  { line: /^I: running apt-get update/, text: "Reading the package lists", share: 0.05 },
  { line: /^I: downloading packages/, text: "Fetching packages", share: 0.12 },
  { line: /^I: extracting archives/, text: "Unpacking the base system", share: 0.2 },
  { line: /^I: installing essential packages/, text: "Installing the base system", share: 0.3 },
  { line: /^I: installing remaining packages/, text: "Installing the tools", share: 0.5 },
  { line: /^I: running --customize-hook/, text: "Fetching the guest's kernel", share: 0.88 },
  { line: /^I: cleaning package lists/, text: "Cleaning up", share: 0.93 },
  { line: /^Unpacking /, text: "Unpacking the archive", share: 0.1 },
  { line: /^Making the guest's/, text: "Making the guest's kernel and first file system", share: 0.95 },
];

/** The stage that a line begins; null for any other line. */
export function stageOf(line: string): { readonly text: string; readonly share: number } | null {
  return stages.find((stage) => stage.line.test(line)) ?? null;
}
