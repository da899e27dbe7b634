#!/usr/bin/env node
// Entry: headless `tare`. One command a file under cli/; exit statuses are listed in cli/exit-code.ts.
import { Command } from "commander";
import { askTerminal } from "./cli/ask-terminal.ts";
import { changesCommand, type ChangesOptions } from "./cli/changes-command.ts";
import { claimsCommand, type ClaimsOptions } from "./cli/claims-command.ts";
import { demoCommand, type DemoOptions } from "./cli/demo-command.ts";
import { deviceCommand } from "./cli/device-command.ts";
import type { DraftOptions } from "./cli/draft-file.ts";
import { exportCommand, type ExportCommandOptions } from "./cli/export-command.ts";
import { exitCodeOf, exitCodes, exitHelp } from "./cli/exit-code.ts";
import { importCommand } from "./cli/import-command.ts";
import { parseCommand } from "./cli/parse-command.ts";
import { planCommand } from "./cli/plan-command.ts";
import { probeCommand } from "./cli/probe-command.ts";
import { reportCommand, type ReportOptions } from "./cli/report-command.ts";
import { resumeCommand, runCommand } from "./cli/run-command.ts";
import { createCore, type Core } from "./core.ts";
import { rootFolder, tareVersion } from "./installation.ts";
import { openTare } from "./open-window.ts";
import { pathsOf } from "./paths.ts";
import { campaignPresets } from "#shared/plan/campaign-presets.ts";
import { toFailure } from "#shared/model/error.ts";

type Json = { json?: boolean };

// The reader of a pipe may have seen enough (`tare plan | head`).
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const version = await tareVersion();
const program = new Command("tare")
  .version(version)
  .description("What containers and virtual machines cost on your own hardware.")
  .addHelpText("after", `\n${exitHelp}`)
  // Set before the commands are added: they take it over.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage));

/** Runs a command over a core and ends with its status; a TareError is one sentence on standard error. */
async function run(work: (core: Core) => Promise<number>): Promise<void> {
  const core = createCore({ paths: pathsOf(process.env, rootFolder), version, ask: askTerminal });
  try {
    process.exitCode = await work(core);
  } catch (error) {
    const failure = toFailure(error);
    process.stderr.write(`${failure.message}\n${failure.detail === undefined ? "" : `${failure.detail}\n`}`);
    process.exitCode = exitCodeOf(failure);
  } finally {
    await core.close();
  }
}

function draftOptions(command: Command): Command {
  return command
    .argument("[draft]", "JSON file of a campaign's draft; without it a preset is used")
    .option("--lab <id>", "lab, for a preset")
    .option(
      "--campaign <preset>",
      `what is compared (default: basic): ${campaignPresets.map(({ id }) => id).join(", ")}`,
    )
    .option("--preset <name>", 'how large: quick (the default), "as described" or "as run"')
    .option("--blocks <n>", "number of blocks")
    .option("--seed <n>", "seed of the order")
    .option("--name <text>", "name of the campaign")
    .option("--json", "print JSON");
}

program
  .command("probe <lab>")
  .description("read what both hosts of a lab are; plans are checked with it")
  .option("--json", "print JSON")
  .action((lab: string, options: Json) => run((core) => probeCommand(core, lab, options)));
program
  .command("device <lab> <path>")
  .description(
    "tell whether a block device of the system under test is unused, and its serial number; writes nothing to it",
  )
  .option("--json", "print JSON")
  .action((lab: string, path: string, options: Json) =>
    run((core) => deviceCommand(core, lab, path, options)),
  );
program
  .command("changes")
  .description("list what Tare has in force on the hosts of a lab, or undo it")
  .option("--lab <id>", "lab whose hosts are looked at")
  .option("--undo", "undo all of it that no running campaign of this computer needs")
  .option("--force", "with --undo: restore also what somebody else changed since")
  .option("--json", "print JSON")
  .action((options: ChangesOptions) => run((core) => changesCommand(core, options)));
draftOptions(
  program
    .command("plan")
    .description("print every step of a campaign with its commands, without touching a host"),
).action((file: string | undefined, options: DraftOptions & Json) =>
  run((core) => planCommand(core, file, options)),
);
draftOptions(program.command("run").description("run a campaign and print its ratios to native")).action(
  (file: string | undefined, options: DraftOptions & Json) => run((core) => runCommand(core, file, options)),
);
program
  .command("resume <campaign>")
  .description("take a campaign up again: only what is missing is run")
  .option("--json", "print JSON")
  .action((campaign: string, options: Json) => run((core) => resumeCommand(core, campaign, options)));
program
  .command("report <campaign>")
  .description("print a campaign's ratios to native, or write the campaign in another format")
  .option("--html", "the whole report, as one HTML file")
  .option("--markdown", "the whole report, as Markdown")
  .option("--json", "everything, as JSON (tare-export/1)")
  .option("--csv", "the measurements, as CSV; with --summary what was found of each cell")
  .option(
    "--parquet",
    "the measurements, as Parquet; with --samples each second of both hosts and distributions",
  )
  .option("--bibtex", "the paper and the programs that were used, as BibTeX")
  .option("--summary", "with --csv")
  .option("--samples", "with --parquet")
  .option("--output <path>", "write to a file that is not there yet, instead of standard output")
  .action((campaign: string, options: ReportOptions) =>
    run((core) => reportCommand(core, campaign, options)),
  );
program
  .command("claims <campaign>")
  .description("judge the paper's claims on a campaign, or on the paper's own data (felter-2014)")
  .option(
    "--labelling <which>",
    "whose word counts for the paper's series: measured (what their data show) or paper",
    "measured",
  )
  .option("--json", "print an array of {id, verdict, values}")
  .action((campaign: string, options: ClaimsOptions) =>
    run((core) => claimsCommand(core, campaign, options)),
  );
program
  .command("parse <workload> <file>")
  .description("print the measurements in a tool's raw output")
  .option("--json", "print JSON")
  .action((workload: string, file: string, options: Json) =>
    run(() => parseCommand(workload, file, options.json === true)),
  );
program
  .command("export <campaign> [file]")
  .description("write a campaign as one .tare file, to be imported elsewhere")
  .option(
    "--anonymous",
    "without host names, addresses, user names, key files and serial numbers, and without tags and note",
  )
  .option("--json", "print JSON")
  .action((campaign: string, file: string | undefined, options: ExportCommandOptions) =>
    run((core) => exportCommand(core, campaign, file, options)),
  );
program
  .command("import <file...>")
  .description("bring .tare files into the library")
  .option("--json", "print JSON")
  .action((files: string[], options: Json) => run((core) => importCommand(core, files, options)));
program
  .command("demo")
  .description("bring up the built-in lab, run a quick campaign on it, open the result")
  .option("--exit", "do not open the window")
  .option("--full", "the whole matrix of the paper instead of four configurations")
  .option("--clean", "only remove what a killed demo left")
  .option("--blocks <n>", "number of blocks")
  .option("--seed <n>", "seed of the order")
  .option("--json", "print JSON")
  .action((options: DemoOptions) => run((core) => demoCommand(core, options)));
program
  .command("open [campaign]")
  .description("open the window")
  .action((campaign: string | undefined) =>
    run(async () => {
      await openTare(campaign ?? null);
      return exitCodes.ok;
    }),
  );

await program.parseAsync();
