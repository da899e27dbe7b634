// `tare probe`: reads what both hosts of a lab are, so that plans can be made and checked with it.
import type { Core } from "../core.ts";
import { probeLab } from "../hosts/probe-lab.ts";
import { type HostRole, hostRoles } from "#shared/model/lab.ts";
import { readableFacts } from "#shared/facts/readable-facts.ts";
import { exitCodes } from "./exit-code.ts";

const titles: Readonly<Record<HostRole, string>> = { sut: "System under test", loadgen: "Load generator" };

export async function probeCommand(core: Core, labId: string, options: { json?: boolean }): Promise<number> {
  const facts = await probeLab(core, labId, new AbortController().signal);
  if (options.json === true) process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
  else
    for (const role of hostRoles) {
      const found = facts[role];
      if (found === null) continue;
      process.stdout.write(`${titles[role]}\n`);
      for (const group of readableFacts(found)) {
        process.stdout.write(`\n  ${group.title}\n`);
        for (const { label, value, remark } of group.rows)
          process.stdout.write(`    ${label}: ${value}${remark === "" ? "" : ` (${remark})`}\n`);
      }
      process.stdout.write("\n");
    }
  return exitCodes.ok;
}
