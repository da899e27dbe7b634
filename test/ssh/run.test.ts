// Commands, files, root and scripts on a real host; few sessions, rekeys and cut links included.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HostMachine } from "#main/ssh/connect-host.ts";
import { runOk } from "#main/ssh/run-ok.ts";
import { processesWith, until } from "./processes.ts";
import { connected, failureOf, forever, witness } from "./machine.ts";
import { startSshd, type TestSshd } from "./sshd.ts";

const signal = forever;
const sh = (script: string, ...parameters: string[]) => ({ argv: ["sh", "-c", script, "sh", ...parameters] });

describe("a host", () => {
  let sshd: TestSshd;
  let host: HostMachine;
  beforeAll(async () => {
    sshd = await startSshd();
    host = await connected(sshd);
  });
  afterAll(async () => {
    await host.close();
    await sshd.stop();
  });

  test("a command gives its status, both outputs and its input's bytes; noise of the login shell is not in them", async () => {
    writeFileSync(join(sshd.folder, "root", ".profile"), "echo noise\n");
    const result = await host.run({ ...sh("cat; echo err >&2; exit 3"), stdin: "in\n" }, { signal });
    expect(result).toMatchObject({ status: 3, stdout: "in\n", stderr: "err\n" });
    expect((await host.run(sh("kill -KILL $$"), { signal })).status).toBe(137);
    expect((await host.run(sh("echo $LC_ALL"), { signal })).stdout).toBe("C\n");
  });

  test("output comes in pieces as it is printed, whole characters only", async () => {
    const pieces: string[] = [];
    const command = sh("printf '\\303'; sleep 0.2; printf '\\251'; sleep 0.2; echo end");
    await host.run(command, { signal, onOutput: (text) => pieces.push(text) });
    expect(pieces.join("")).toBe("éend\n");
    expect(pieces.length).toBeGreaterThan(1);
  });

  test("the time limit and an abort end the whole process group on the host", async () => {
    const mark = join(sshd.folder, "left-running");
    const tree = sh('(sleep 30; echo late >"$1") & sleep 30', mark);
    const limited = await failureOf(host.run(tree, { signal, timeLimitSeconds: 1 }));
    expect(limited.code).toBe("TIME_LIMIT");
    expect(processesWith(mark)).toEqual([]);
    const abort = new AbortController();
    const begun = Promise.withResolvers<void>();
    const stubborn = sh(`trap '' TERM; echo begun; (sleep 30; echo late >"$1") & sleep 30`, mark);
    const running = host.run(stubborn, { signal: abort.signal, onOutput: () => begun.resolve() });
    await begun.promise;
    abort.abort();
    expect((await failureOf(running)).code).toBe("CANCELLED");
    await until(() => processesWith(mark).length === 0);
    expect(existsSync(mark)).toBe(false);
  });

  test("files are written whole, with their mode, and read back byte by byte", async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);
    const path = "/var/lib/tare/a folder/it's $(x)\n.bin";
    await host.writeFile(path, bytes, { mode: 0o640, signal });
    expect(new Uint8Array(await host.readFile(path, signal))).toEqual(bytes);
    expect((await host.run({ argv: ["stat", "-c", "%a %U", path] }, { signal })).stdout).toBe("640 root\n");
    const failure = await failureOf(host.readFile("/nowhere", signal));
    expect(failure).toMatchObject({ code: "TOOL_FAILED" });
    expect(failure.message).toContain("No such file");
  });

  test("a missing program is named; a failed one is quoted", async () => {
    const missing = await failureOf(runOk(host, { argv: ["no-such-tool"] }, { signal }));
    expect(missing).toMatchObject({ code: "TOOL_MISSING", host: host.name });
    const failed = await failureOf(runOk(host, sh("echo bad disk >&2; exit 4"), { signal }));
    expect(failed.message).toContain("ended with status 4 and said: bad disk");
  });

  test("scripts are there unchanged, and are put there again when the cache is emptied", async () => {
    const path = await host.script("job.sh", signal);
    expect(readFileSync(path, "utf8")).toBe(readFileSync("assets/host/job.sh", "utf8"));
    rmSync(join(sshd.folder, "root", ".cache"), { recursive: true });
    expect((await host.run({ argv: ["echo", "again"] }, { signal })).stdout).toBe("again\n");
    expect((await failureOf(host.script("other.sh", signal))).code).toBe("INTERNAL");
  });

  test("root runs what is on the list, and nothing else", async () => {
    expect((await host.run({ argv: ["cat", "/etc/hostname"], root: true }, { signal })).status).toBe(0);
    for (const argv of [
      ["bash", "-c", "id"],
      ["sh", "-c", "id"],
      ["sh", "/tmp/x.sh"],
      ["rm", "-rf", "/var/lib/tare/../x"],
    ]) {
      const failure = await failureOf(host.run({ argv, root: true }, { signal }));
      expect(failure.code).toBe("INTERNAL");
    }
  });

  test("a lost link ends a command with an unknown outcome, and repeats one that may be repeated", async () => {
    const seen = witness();
    const other = await connected(sshd, {}, seen);
    const counter = join(sshd.folder, "count");
    writeFileSync(counter, "");
    const begun = Promise.withResolvers<void>();
    const command = sh('echo x >>"$1"; echo begun; sleep 1; echo end', counter);
    const once = failureOf(other.run(command, { signal, onOutput: () => begun.resolve() }));
    const again = other.run(command, { signal, idempotent: true });
    await begun.promise;
    while (readFileSync(counter, "utf8").length < 4) await other.run({ argv: ["true"] }, { signal });
    sshd.killSessions();
    expect(await once).toMatchObject({ code: "LINK_LOST", host: other.name });
    expect((await again).stdout).toBe("begun\nend\n");
    expect(readFileSync(counter, "utf8")).toBe("x\nx\nx\n");
    expect(seen.events.map((event) => event.kind)).toEqual(["lost", "restored"]);
    await other.close();
  });

  test("a server that stays away is given up in the end, and found again when it is back", async () => {
    const other = await startSshd();
    const machine = await connected(other, {}, witness(), { reconnectSeconds: 1 });
    await other.down();
    const impatient = machine.run({ argv: ["true"] }, { signal: AbortSignal.timeout(300) });
    expect((await failureOf(impatient)).code).toBe("CANCELLED");
    const patient = machine.run({ argv: ["true"] }, { signal });
    expect((await failureOf(patient)).code).toBe("LINK_LOST");
    await other.start();
    expect((await machine.run({ argv: ["echo", "back"] }, { signal })).stdout).toBe("back\n");
    await machine.close();
    await other.stop();
  });

  test("a host key that changes while the link is down is not accepted", async () => {
    const other = await startSshd();
    const machine = await connected(other);
    await other.renewHostKey();
    expect((await failureOf(machine.run({ argv: ["true"] }, { signal }))).code).toBe("HOST_KEY_CHANGED");
    await machine.close();
    await other.stop();
  });
});

test.each([1, 2])(
  "with MaxSessions %i, six commands and two followed jobs all come to their end",
  async (most) => {
    const sshd = await startSshd({ config: [`MaxSessions ${most}`] });
    const host = await connected(sshd);
    try {
      const outputs = ["", ""];
      const followed = outputs.map(async (_, index) => {
        const id = `sessions/job-${index}`;
        await host.jobs.start(id, sh("for i in 1 2 3 4 5 6; do echo $i; sleep 0.3; done"), {
          timeLimitSeconds: 30,
          signal,
        });
        const end = await host.jobs.follow(id, {
          signal,
          onOutput: (_stream, text) => (outputs[index] += text),
        });
        return end.status;
      });
      const commands = Array.from({ length: 6 }, (_, index) =>
        host.run(sh('sleep 0.2; echo "$1"', String(index)), { signal }),
      );
      expect((await Promise.all(commands)).map((each) => each.stdout)).toEqual(
        [0, 1, 2, 3, 4, 5].map((n) => `${n}\n`),
      );
      expect(await Promise.all(followed)).toEqual([0, 0]);
      expect(outputs).toEqual(["1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\n6\n"]);
    } finally {
      await host.close();
      await sshd.stop();
    }
  },
);

test("with a rekey every megabyte, 20 MB of a followed job arrive whole and nobody is asked", async () => {
  const sshd = await startSshd({ config: ["RekeyLimit 1M"] });
  const seen = witness();
  const host = await connected(sshd, {}, seen);
  try {
    const lines = 400_000;
    await host.jobs.start(
      "rekey",
      { argv: ["seq", "-f", "%049.0f", String(lines)] },
      { timeLimitSeconds: 30, signal },
    );
    let bytes = 0;
    let last = "";
    await host.jobs.follow("rekey", {
      signal,
      onOutput: (_, text) => {
        bytes += text.length;
        last = (last + text).slice(-50);
      },
    });
    expect({ bytes, last }).toEqual({ bytes: lines * 50, last: `${String(lines).padStart(49, "0")}\n` });
    expect({ questions: seen.questions, events: seen.events }).toEqual({ questions: [], events: [] });
  } finally {
    await host.close();
    await sshd.stop();
  }
});

const withSudo = async (sudoers: string[], work: (host: HostMachine, sshd: TestSshd) => Promise<void>) => {
  const sshd = await startSshd({ sudoers });
  chmodSync(join(sshd.folder, "sudoers"), 0o440);
  const host = await connected(sshd, { user: sshd.user, become: "sudo" });
  try {
    await work(host, sshd);
  } finally {
    await host.close();
    await sshd.stop();
  }
};

describe.skipIf(spawnSync("sudo", ["-V"]).error !== undefined)("an account with sudo", () => {
  test("without a password root works, and jobs without root run as the account", async () => {
    await withSudo(["tare-user ALL=(root) NOPASSWD: ALL"], async (host) => {
      expect((await host.run({ argv: ["id", "-un"] }, { signal })).stdout).toBe("tare-user\n");
      await host.writeFile("/var/lib/tare/x", "of root", { mode: 0o600, signal });
      expect((await host.run({ argv: ["cat", "/var/lib/tare/x"], root: true }, { signal })).stdout).toBe(
        "of root",
      );
      const denied = await host.run({ argv: ["cat", "/var/lib/tare/x"] }, { signal });
      expect(denied.stderr).toContain("Permission denied");
      let output = "";
      await host.jobs.start("who", { argv: ["id", "-un"] }, { timeLimitSeconds: 10, signal });
      const end = await host.jobs.follow("who", { signal, onOutput: (_, text) => (output += text) });
      expect({ status: end.status, output }).toEqual({ status: 0, output: "tare-user\n" });
      await expect(host.run({ argv: ["cat", "/nowhere"], root: true }, { signal })).resolves.toMatchObject({
        status: 1,
      });
    });
  });

  test("refused, the line for sudoers is told", async () => {
    await withSudo([], async (host) => {
      const failure = await failureOf(host.run({ argv: ["true"], root: true }, { signal }));
      expect(failure.code).toBe("ROOT_REFUSED");
      expect(failure.message).toContain("tare-user ALL=(root) NOPASSWD: ALL");
      const job = host.jobs.start("x", { argv: ["true"] }, { timeLimitSeconds: 5, signal });
      expect((await failureOf(job)).code).toBe("ROOT_REFUSED");
    });
  });
});

test("the machine's own accounts and folders are as they were", () => {
  expect(readFileSync("/etc/passwd", "utf8")).not.toContain("tare-user");
  expect(execFileSync("id", ["-un"], { encoding: "utf8" })).toBe("root\n");
});

test("a server that allows no session can be given up", async () => {
  const sshd = await startSshd({ config: ["MaxSessions 0"] });
  const host = await connected(sshd);
  const impatient = host.run({ argv: ["true"] }, { signal: AbortSignal.timeout(500) });
  expect((await failureOf(impatient)).code).toBe("CANCELLED");
  await host.close();
  await sshd.stop();
});

test("links that are cut again and again, at any moment, fail no command that may be repeated", async () => {
  const sshd = await startSshd();
  const host = await connected(sshd);
  const work = Array.from({ length: 12 }, (_, index) =>
    host.run(sh('sleep 0.0$1; echo "$1"', String(index % 10)), { signal, idempotent: true }),
  );
  for (let cut = 0; cut < 8; cut += 1) {
    await sleep(40 + cut * 17);
    sshd.killSessions();
  }
  expect((await Promise.all(work)).map((each) => each.stdout.trim())).toEqual(
    work.map((_, index) => String(index % 10)),
  );
  await host.close();
  await sshd.stop();
});
