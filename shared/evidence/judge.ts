// All evidence of a run: what was asked for and what makes a machine fit to be measured, each held, not held or unknown.
import type { EvidenceItem } from "../model/evidence.ts";
import { judgeAccelerator } from "./accelerator.ts";
import { judgeClockSource } from "./clock-source.ts";
import { judgeCpuFlags } from "./cpu-flags.ts";
import { judgeCpus } from "./cpus.ts";
import type { EvidenceInputs, EvidenceJudge } from "./evidence-inputs.ts";
import { judgeFrequency } from "./frequency.ts";
import { judgeGovernor } from "./governor.ts";
import { judgeLoadGenerator } from "./load-generator.ts";
import { judgeMemoryNodes } from "./memory-nodes.ts";
import { judgeNetworkMode } from "./network-mode.ts";
import { judgeNic } from "./nic.ts";
import { judgePages } from "./pages.ts";
import { judgeSteal } from "./steal.ts";
import { judgeStorageMode } from "./storage-mode.ts";
import { judgeSwap } from "./swap.ts";
import { judgeThrottling } from "./throttling.ts";

const judges: Readonly<Record<EvidenceItem["name"], EvidenceJudge>> = {
  cpus: judgeCpus,
  "memory-nodes": judgeMemoryNodes,
  pages: judgePages,
  "cpu-flags": judgeCpuFlags,
  accelerator: judgeAccelerator,
  "network-mode": judgeNetworkMode,
  "storage-mode": judgeStorageMode,
  governor: judgeGovernor,
  frequency: judgeFrequency,
  steal: judgeSteal,
  throttling: judgeThrottling,
  swap: judgeSwap,
  nic: judgeNic,
  "load-generator": judgeLoadGenerator,
  "clock-source": judgeClockSource,
};

/** In the order of the names; what does not apply to the run is left out. */
export function judge(inputs: EvidenceInputs): EvidenceItem[] {
  return Object.values(judges).flatMap((of) => of(inputs) ?? []);
}
