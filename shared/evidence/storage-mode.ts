// Where test data really lies, and how a guest's disk is really opened.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import {
  check,
  type Check,
  type EvidenceInputs,
  type EvidenceJudge,
  itemOf,
  processesIn,
  programProcesses,
  unknown,
} from "./evidence-inputs.ts";
import type { ProcessSnapshot } from "./process-snapshot.ts";
import { isMissing } from "./snapshot.ts";

type File = ProcessSnapshot["files"][number];

export const judgeStorageMode: EvidenceJudge = (inputs) =>
  itemOf(
    "storage-mode",
    inputs.usesStorage,
    inputs.configuration.environment === "kvm"
      ? guestChecks(inputs, inputs.configuration)
      : hostChecks(inputs, inputs.configuration.storage.kind),
  );

function hostChecks(inputs: EvidenceInputs, kind: "file" | "volume" | "layer" | "device"): readonly Check[] {
  const { program, sut, usesStorage } = inputs;
  if (kind === "device") return usesStorage ? [deviceCheck(inputs, null)] : [];
  const expected =
    kind === "layer"
      ? "/data in the container's own file system"
      : `/data is the session's own folder on the host`;
  const processes = programProcesses(sut.during, program);
  if ("missing" in processes) return [unknown(expected, processes.missing)];
  const mounts = processes.map((process) => process.mounts).find((each) => each !== null) ?? null;
  if (mounts === null) return [unknown(expected, "the mounts of the program could not be read")];
  const { data, root } = mounts;
  if (kind !== "layer") {
    if (data === null) return [check(false, expected, `nothing is mounted at /data; / is ${root.type}`)];
    const holds = data.root.endsWith(`/${inputs.sessionName}`);
    return [check(holds, expected, `/data is ${data.root} of ${data.type} on ${data.source}`)];
  }
  if (data !== null) return [check(false, expected, `/data is a mount of ${data.type} on ${data.source}`)];
  // Other storage drivers (btrfs, zfs, vfs) have no mount type of their own.
  const driver = inputs.facts.sut.docker?.storageDriver ?? "unknown";
  const overlay = driver === "overlay2" || driver === "overlayfs";
  return [
    check(
      !overlay || root.type === "overlay",
      `${expected} (${driver})`,
      `/ is ${root.type}, nothing is mounted at /data`,
    ),
  ];
}

/** `direct`: whether it must be open with O_DIRECT; null where that is the program's own matter. */
function deviceCheck({ sut, facts }: EvidenceInputs, direct: boolean | null): Check {
  const expected = `the block device open${direct === true ? " with O_DIRECT" : ""}`;
  const processes = processesIn(sut.during);
  if (isMissing(sut.during)) return unknown(expected, sut.during.missing);
  if ("missing" in processes) return unknown(expected, processes.missing);
  const { device } = sut.during;
  if (device === null) return unknown(expected, "the device's number could not be read");
  const open = processes.flatMap(({ name, files }) =>
    files.filter((file) => file.device === device).map((file) => ({ name, file })),
  );
  const [first] = open;
  if (first === undefined)
    return unknown(expected, `no process had it (${device}) open when it was looked at`);
  const opened = isDirect(first.file, facts.sut);
  return check(
    direct === null || opened === direct,
    expected,
    `${first.name} has ${device} open ${opened ? "with" : "without"} O_DIRECT`,
  );
}

function guestChecks(inputs: EvidenceInputs, { storage }: KvmConfiguration): readonly Check[] {
  const { sut, diskPath, facts } = inputs;
  const direct = storage.cache === "none" || storage.cache === "directsync";
  const expected = `the disk open ${direct ? "with" : "without"} O_DIRECT (cache=${storage.cache})`;
  const processes = processesIn(sut.during);
  if ("missing" in processes) return [unknown(expected, processes.missing)];
  const files = processes.flatMap((process) => process.files).filter(({ target }) => target === diskPath);
  const known = files.filter(({ flags }) => flags !== null);
  // What QEMU opened for its own checks may stay open beside the descriptor that it reads and writes by.
  const opened = known.some((file) => isDirect(file, facts.sut));
  const disk =
    known.length === 0
      ? unknown(expected, `QEMU had ${diskPath ?? "the disk"} not open, or its flags could not be read`)
      : check(opened === direct, expected, `the disk open ${opened ? "with" : "without"} O_DIRECT`);
  const thread = processes.some(({ threads }) => threads.some(({ name }) => name.startsWith("IO iothread")));
  return [
    disk,
    check(
      thread === storage.ioThread,
      storage.ioThread ? "an I/O thread" : "no I/O thread",
      thread ? "an I/O thread" : "no I/O thread",
    ),
    ...processes.flatMap((process) => engineCheck(process, storage.io, diskPath)),
    ...(storage.device === undefined ? [] : [deviceCheck(inputs, direct)]),
  ];
}

/** QEMU names its I/O engine in the argument that names the file. */
function engineCheck(
  process: ProcessSnapshot,
  wanted: KvmConfiguration["storage"]["io"],
  diskPath: string | null,
): readonly Check[] {
  const argument = process.arguments.find(
    (each) => diskPath !== null && each.includes(diskPath) && /\baio\b/.test(each),
  );
  const engine = /"aio":"(\w+)"|\baio=(\w+)/.exec(argument ?? "");
  const found = engine?.[1] ?? engine?.[2];
  return found === undefined ? [] : [check(found === wanted, `io=${wanted}`, `aio=${found}`)];
}

/** O_DIRECT as fcntl.h has it, which is another bit on ARM. */
function isDirect({ flags }: File, { cpu }: Facts): boolean {
  return flags !== null && (flags & (cpu.architecture === "aarch64" ? 0o200000 : 0o40000)) !== 0;
}
