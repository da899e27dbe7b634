// `npm run bench`: ratios and times from one run on this machine. It asserts nothing: figures of one machine at one hour.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type BenchLab, startBenchLab, type Tell } from "./bench-lab.ts";
import { byHandSection } from "./by-hand-section.ts";
import { bytesSection } from "./bytes-section.ts";
import { figuresSection } from "./figures-section.ts";
import { type BenchOptions, benchOptions, type SectionName, usage } from "./options.ts";
import { librarySection } from "./library-section.ts";
import { overheadSection } from "./overhead-section.ts";
import { type Section, sectionText } from "./report.ts";
import { samplerSection } from "./sampler-section.ts";
import { windowSection } from "./window-section.ts";

type Deps = { readonly signal: AbortSignal; readonly tell: Tell };
type OnLab = (bench: BenchLab, options: BenchOptions, deps: Deps) => Promise<Section>;
type OnWindow = (options: BenchOptions, deps: Deps) => Promise<Section>;

const onLab: Partial<Record<SectionName, OnLab>> = {
  "by-hand": byHandSection,
  overhead: overheadSection,
  sampler: samplerSection,
};
const onWindow: Partial<Record<SectionName, OnWindow>> = {
  library: librarySection,
  window: windowSection,
  figures: figuresSection,
  bytes: bytesSection,
};

const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => stopping.abort());

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes("--help")) {
    process.stdout.write(usage);
    return 0;
  }
  let options: BenchOptions;
  try {
    options = benchOptions(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  const tell: Tell = (text) => process.stderr.write(`${text}\n`);
  const sections: Section[] = [];
  try {
    await measure(options, { signal: stopping.signal, tell }, (section) => {
      sections.push(section);
      process.stdout.write(`\n${sectionText(section)}\n`);
    });
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    process.stderr.write("Ended before its end; nothing of the benchmark is left on this machine.\n");
    return 130;
  }
  if (options.out !== null) {
    await mkdir(dirname(options.out), { recursive: true });
    const figures = sections.map(({ name, data }) => [name, data]);
    const result = {
      at: new Date().toISOString(),
      node: process.version,
      options,
      ...Object.fromEntries(figures),
    };
    await writeFile(options.out, `${JSON.stringify(result, null, 2)}\n`);
    tell(`The figures are in ${options.out}.`);
  }
  return 0;
}

/** Section after section; the lab is up only while a section needs it. */
async function measure(options: BenchOptions, deps: Deps, show: (section: Section) => void): Promise<void> {
  const wanted = options.only.flatMap((name) => onLab[name] ?? []);
  if (wanted.length > 0) {
    await using undo = new AsyncDisposableStack();
    const bench = await startBenchLab(undo, deps);
    for (const section of wanted) show(await section(bench, options, deps));
  }
  for (const section of options.only.flatMap((name) => onWindow[name] ?? []))
    show(await section(options, deps));
}
