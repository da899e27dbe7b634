// What a guest's CPU model keeps from it of what the host's CPU has, and what it asks for that the host has not.
import type { Facts } from "../model/facts.ts";
import { cpuModelFlags, tellingFlags } from "./cpu-model-flags.ts";

/** The model of a guest that names none: QEMU's default, under KVM too. */
const defaultModel = "qemu64";
/** Models that give the guest what the host has. */
const hostModels: ReadonlySet<string> = new Set(["host-model", "host-passthrough"]);

/**
 * Flags that matter for figures, which the host's CPU has and a guest with this model does not see; the most telling
 * first, as /proc/cpuinfo names them. Empty for the host's own model, for a model that is not known here, and off x86-64.
 */
export function hiddenFlags(cpuModel: string, { cpu }: Pick<Facts, "cpu">): readonly string[] {
  const shown = flagsOf(cpuModel, cpu);
  if (shown === null) return [];
  const there = new Set(cpu.flags);
  return tellingFlags.filter((flag) => there.has(flag) && !shown.has(flag));
}

/** The same flags the other way round: the model promises them to a guest, and the host's CPU has them not. */
export function missingFlags(cpuModel: string, { cpu }: Pick<Facts, "cpu">): readonly string[] {
  const shown = flagsOf(cpuModel, cpu);
  if (shown === null) return [];
  const there = new Set(cpu.flags);
  return tellingFlags.filter((flag) => shown.has(flag) && !there.has(flag));
}

/** Null where nothing can be said: off x86-64, for the host's own model, and where the host tells no flags. */
function flagsOf(cpuModel: string, { architecture, flags: told }: Facts["cpu"]): ReadonlySet<string> | null {
  if (architecture !== "x86_64" || told.length === 0 || hostModels.has(cpuModel)) return null;
  const flags = cpuModelFlags[cpuModel === "default" ? defaultModel : baseModel(cpuModel)];
  return flags === undefined ? null : new Set(flags.split(" "));
}

/** Transactional memory and mitigations are no flags of the list: `Haswell-noTSX-IBRS` counts as `Haswell`. */
function baseModel(cpuModel: string): string {
  return cpuModel.replace(/(?:-noTSX)?(?:-IBRS|-IBPB)?$/, "");
}

const names: Readonly<Record<string, string>> = {
  abm: "LZCNT",
  pdpe1gb: "1 GiB pages",
  clflushopt: "CLFLUSHOPT",
  xsave: "XSAVE",
  fsgsbase: "FSGSBASE",
  sha_ni: "SHA",
};

/** `AVX-512F, AVX2, FMA and 3 more`, as the vendors write them; at most eight. */
export function flagsText(flags: readonly string[]): string {
  const shown = flags.slice(0, 8).map(flagText).join(", ");
  return flags.length > 8 ? `${shown} and ${flags.length - 8} more` : shown;
}

function flagText(flag: string): string {
  return (
    names[flag] ??
    flag
      .toUpperCase()
      .replace(/^AVX512_?/, "AVX-512 ")
      .replace(/^SSE4_/, "SSE4.")
  );
}
