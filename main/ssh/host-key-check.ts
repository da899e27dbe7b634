// Whether a server's key is the one it must be. ssh2 asks at the first key exchange and again at every rekey.
import { TareError } from "#shared/model/error.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { addKnownHost, readKnownHosts } from "./known-hosts-file.ts";
import {
  fingerprintOf,
  judgeHostKey,
  keyTypeOf,
  knownHostName,
  preferredAlgorithms,
  type HostKeyVerdict,
} from "./known-hosts.ts";

export interface HostKeyCheck {
  /** For ssh2, synchronous and without questions: at a rekey there is nobody to ask. */
  verify(key: Buffer): boolean;
  /** Whether a key has been found right, so that login may begin. */
  accepted(): boolean;
  /** Whether the last key shown was not found right. */
  refused(): boolean;
  /** After a refusal: asks a person about an unknown key and stores it; throws HOST_KEY_* for all else. */
  ask(signal: AbortSignal): Promise<void>;
  /** Signature algorithms, those of known keys first. */
  prefer(algorithms: readonly string[]): string[];
}

export function createHostKeyCheck(
  target: { readonly address: string; readonly port: number; readonly hostKey?: Buffer },
  name: string,
  deps: Pick<ConnectionDeps, "ask" | "knownHostsPath" | "otherKnownHosts" | "log">,
): HostKeyCheck {
  const host = knownHostName(target.address, target.port);
  const known = readKnownHosts([deps.knownHostsPath, ...(deps.otherKnownHosts ?? [])]);
  for (const remark of known.remarks) deps.log?.(remark);
  let right: Buffer | undefined;
  let wrong: { readonly key: Buffer; readonly verdict: HostKeyVerdict } | undefined;

  const judge = (key: Buffer): HostKeyVerdict => {
    if (target.hostKey === undefined) return judgeHostKey(known.entries, host, key);
    if (target.hostKey.equals(key)) return { kind: "known" };
    return { kind: "changed", known: givenKey(target.hostKey, host) };
  };

  return {
    verify(key) {
      if (right !== undefined) {
        const same = right.equals(key);
        wrong = same ? undefined : { key, verdict: judge(key) };
        return same;
      }
      const verdict = judge(key);
      if (verdict.kind === "known") right = Buffer.from(key);
      wrong = verdict.kind === "known" ? undefined : { key: Buffer.from(key), verdict };
      return verdict.kind === "known";
    },
    accepted: () => right !== undefined,
    refused: () => wrong !== undefined,
    async ask(signal) {
      if (wrong === undefined) return;
      const { key, verdict } = wrong;
      if (verdict.kind !== "unknown") throw keyError(name, key, verdict);
      const fingerprint = fingerprintOf(key);
      const answer = await deps.ask(
        { kind: "host-key", host: name, keyType: keyTypeOf(key), fingerprint },
        signal,
      );
      if (answer.kind !== "host-key" || !answer.accept)
        throw new TareError(
          "HOST_KEY_UNKNOWN",
          `The key of ${name} is not known (${keyTypeOf(key)} ${fingerprint}) and was not accepted.`,
          { host: name },
        );
      addKnownHost(deps.knownHostsPath, host, key);
      right = key;
      wrong = undefined;
    },
    prefer: (algorithms) =>
      target.hostKey === undefined
        ? preferredAlgorithms(known.entries, host, algorithms)
        : preferredAlgorithms([givenKey(target.hostKey, host)], host, algorithms),
  };
}

function givenKey(key: Buffer, host: string) {
  return {
    file: "Tare's own record",
    line: 1,
    names: host,
    marker: "none",
    keyType: keyTypeOf(key),
    key,
  } as const;
}

function keyError(name: string, key: Buffer, verdict: HostKeyVerdict): TareError {
  const shown = `${keyTypeOf(key)} ${fingerprintOf(key)}`;
  if (verdict.kind === "revoked")
    return new TareError(
      "HOST_KEY_REVOKED",
      `${name} showed a key that is marked as revoked (${shown}; ${verdict.known.file}, line ${verdict.known.line}). Nothing was sent to it.`,
      { host: name },
    );
  if (verdict.kind !== "changed")
    return new TareError("HOST_KEY_CHANGED", `${name} showed another key in the middle of a connection.`, {
      host: name,
    });
  const { known } = verdict;
  return new TareError(
    "HOST_KEY_CHANGED",
    `The key of ${name} has changed, so Tare did not log in: it may be another machine that answers. ` +
      `Shown: ${shown}. Known: ${known.keyType} ${fingerprintOf(known.key)} (${known.file}, line ${known.line}). ` +
      `If the host was installed anew, remove that line and connect again.`,
    { host: name },
  );
}
