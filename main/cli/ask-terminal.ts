// Host keys and secrets asked at the terminal; where there is none, the answer is no and the error says why.
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { PromptAnswer } from "#shared/contract/prompts.ts";
import type { Question } from "../prompts.ts";

/** Answers by the person at the terminal. Secrets are not echoed. */
export async function askTerminal(question: Question, signal: AbortSignal): Promise<PromptAnswer> {
  const id = "terminal";
  if (!process.stdin.isTTY) return { kind: "dismiss", id };
  switch (question.kind) {
    case "host-key": {
      const text = `${question.host} is not known yet.\n${question.keyType} key ${question.fingerprint}\nIs this its key? (yes/no) `;
      return { kind: "host-key", id, accept: /^y(es)?$/i.test((await line(text, false, signal)).trim()) };
    }
    case "passphrase":
      return { kind: "secret", id, secret: await line(`Passphrase of ${question.keyPath}: `, true, signal) };
    case "password":
      return {
        kind: "secret",
        id,
        secret: await line(`Password of ${question.user} on ${question.host}: `, true, signal),
      };
  }
}

async function line(text: string, hidden: boolean, signal: AbortSignal): Promise<string> {
  process.stderr.write(text);
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({
    input: process.stdin,
    output: hidden ? muted : process.stderr,
    terminal: true,
  });
  try {
    return await reader.question("", { signal });
  } finally {
    reader.close();
    if (hidden) process.stderr.write("\n");
  }
}
