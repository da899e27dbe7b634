// What every environment declares: its axes against the facts of a SUT, the changes that bring it up,
// and the exact command that runs a program in it. Preview and execution both read this.
import type { Change } from "../model/change.ts";
import type { Command } from "../model/command.ts";
import type { Configuration, EnvironmentName } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab, Machine } from "../model/lab.ts";

/** Where Tare keeps its files on a host. */
export const hostFolder = "/var/lib/tare";
/** Where every environment sees Tare's compiled kernels. */
export const kernelFolder = "/opt/tare";
/** Where every environment sees the folder for test files. */
export const dataFolder = "/data";

/** What is known when an environment is to be started (or previewed: then with the paths that will be used). */
export interface EnvironmentContext<C extends Configuration = Configuration> {
  readonly campaignId: string;
  /** Configuration's place in the block; part of the names of containers, guests and files. */
  readonly slot: string;
  readonly configuration: C;
  readonly lab: Lab;
  /** Facts of the SUT; null only in a preview of a lab that was never probed. */
  readonly facts: Facts | null;
  /** Folder on the SUT that holds the userland's root file system and the images made of it. */
  readonly userlandFolder: string;
  /** Folder on the SUT that holds the compiled kernels. */
  readonly kernelFolder: string;
  /** Folder on the SUT for test files. */
  readonly dataFolder: string;
  /** Paths on the SUT of the scripts of assets/host, by name. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Ports of the workloads that will run, to be published behind NAT. */
  readonly ports: readonly { readonly port: number; readonly protocol: "tcp" | "udp" }[];
  /** Accelerator for guests after the probe; "none" for the other environments. */
  readonly accelerator: "none" | "kvm" | "tcg";
}

export interface Environment<C extends Configuration = Configuration> {
  readonly name: EnvironmentName;
  readonly title: string;
  /** What stands against this configuration on that SUT, or should be known; empty where nothing does. Without a lab its addresses are left out. */
  check(
    configuration: C,
    facts: Facts,
    lab?: Lab,
  ): readonly { readonly severity: "error" | "warning"; readonly field: string; readonly text: string }[];
  /** Changes on the SUT that bring the environment up, in order; undoing them in reverse takes it down. */
  changes(context: EnvironmentContext<C>): readonly Change[];
  /** Where nothing is started: the command that measures start-up time all the same, as the base line of the others. */
  startUpBaseline?(context: EnvironmentContext<C>): Command;
  /** Machine on which `enter`'s command runs: the SUT, or the guest itself. */
  readonly machine: Extract<Machine, "sut" | "guest">;
  /** The command that runs a program inside the environment. */
  enter(context: EnvironmentContext<C>, argv: readonly string[]): Command;
  /** Address at which the load generator reaches a server in the environment. */
  serverAddress(context: EnvironmentContext<C>): string;
  /** Path inside the environment of the block device that the configuration chose; null where it chose none. */
  device(configuration: C): string | null;
  /** Number of logical CPUs that a program inside sees. */
  cpus(configuration: C, facts: Facts): number;
}
