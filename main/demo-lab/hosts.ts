// Starts the hosts of a lab and waits until all they offer answers.
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TareError } from "#shared/model/error.ts";
import { labScript } from "./assets.ts";
import { lastLines, mustRun, programPath, runChild, throwIfCancelled } from "./child.ts";
import { realFolders } from "./host-files.ts";
import type { HostNames } from "./names.ts";
import { firstChildOf } from "./processes.ts";
import type { Trees } from "./trees.ts";

const timeLimitMs = 30_000;

export interface RunningHost {
  readonly names: HostNames;
  /** This machine's process id of the host's process 1. */
  readonly pid: number;
}

/** Starts one host and waits for its sshd. The host outlives this process. */
export async function startHost(
  names: HostNames,
  permit: string,
  trees: Trees,
  signal: AbortSignal,
): Promise<RunningHost> {
  const lower = names.role === "sut" ? `${trees.sut}:${trees.host}` : trees.host;
  const log = join(names.folder, "host.log");
  const output = openSync(log, "w");
  const argv = [labScript("enter.sh"), names.namespace, permit, labScript("host.sh")];
  const places = realFolders[names.role];
  const userlands = names.role === "sut" ? trees.userlands : "-";
  const folders = [names.folder, lower, trees.repository, userlands];
  const child = spawn("sh", [...argv, ...folders, names.hostname, ...places], {
    detached: true,
    stdio: ["ignore", output, output],
    env: { PATH: programPath, LC_ALL: "C.UTF-8" },
  });
  closeSync(output);
  child.unref();
  const started = `the demo lab's host ${names.hostname}`;
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  await waitFor({ what: `sshd of ${started}`, log, signal }, async () => {
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) await failed(started, log);
    return answersSsh(names.managementAddress);
  });
  const pid = child.pid === undefined ? undefined : await firstChildOf(child.pid);
  if (pid === undefined) return failed(started, log);
  return { names, pid };
}

/** Waits until Docker Engine and libvirt of the SUT answer, then lets bridged guests pass Docker's firewall rules. */
export async function waitForServices(sut: RunningHost, signal: AbortSignal): Promise<void> {
  const logOf = (service: string) => join(sut.names.folder, "upper/var/log", `${service}.log`);
  const inside = ["nsenter", `--target=${sut.pid}`, "--all"];
  await Promise.all([
    waitFor({ what: "Docker Engine", log: logOf("dockerd"), signal }, () =>
      answersHttp(`/proc/${sut.pid}/root/run/docker.sock`),
    ),
    waitFor({ what: "libvirt", log: logOf("libvirtd"), signal }, async () => {
      const argv = [...inside, "virsh", "--quiet", "--connect", "qemu:///system", "uri"];
      return (await runChild(argv, { signal })).status === 0;
    }),
  ]);
  // Docker sends bridged packets through iptables, where its rules may drop those of guests.
  const rule = "--insert DOCKER-USER --match physdev --physdev-is-bridged --jump ACCEPT";
  await mustRun("Letting bridged guests pass", [...inside, "iptables", "--wait", ...rule.split(" ")], {
    signal,
  });
}

interface Waiting {
  readonly what: string;
  readonly log: string;
  readonly signal: AbortSignal;
}

async function waitFor({ what, log, signal }: Waiting, answers: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeLimitMs;
  while (!(await answers())) {
    throwIfCancelled(signal);
    if (Date.now() > deadline)
      throw new TareError("TIME_LIMIT", `${what} did not answer within ${timeLimitMs / 1000} s.`, {
        detail: await tail(log),
      });
    await sleep(20);
  }
}

async function failed(started: string, log: string): Promise<never> {
  const detail = await tail(log);
  const kernel = /mount|unshare|nsenter/.test(detail);
  throw new TareError(
    kernel ? "UNSUPPORTED" : "TOOL_FAILED",
    `${started[0]?.toUpperCase()}${started.slice(1)} could not be started on this machine: ${lastLines(detail, 1)}`,
    { detail },
  );
}

async function tail(log: string): Promise<string> {
  return lastLines(await readFile(log, "utf8").catch(() => "nothing was logged"), 20);
}

/** True where an SSH server sends its greeting. */
async function answersSsh(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: 22, timeout: 2000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("data", (greeting: Buffer) => end(greeting.toString("latin1").startsWith("SSH-2.0-")));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
    socket.once("close", () => end(false));
  });
}

async function answersHttp(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: "/_ping", timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once("error", () => resolve(false));
    asked.once("timeout", () => asked.destroy());
    asked.end();
  });
}
