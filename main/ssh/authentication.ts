// Logging in: agent, key file or password. Secrets are asked for between attempts, never during one,
// so that no server's login time limit runs while a person types.
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import ssh2 from "ssh2";
import type { AnyAuthMethod, AuthHandlerMiddleware } from "ssh2";
import type { Endpoint } from "#shared/model/lab.ts";
import { TareError } from "#shared/model/error.ts";
import type { Ask, Question, Secrets } from "./connection-deps.ts";

/** How many times a wrong secret is asked for again. */
const tries = 3;

export interface AuthenticationDeps {
  readonly ask: Ask;
  readonly secrets: Secrets;
  readonly agentSocket: string | undefined;
  readonly signal: AbortSignal;
}

/** One way to log in at one server. */
export interface Authentication {
  /** Makes ready what the next attempt needs. False: a secret is missing, and a person may not be asked yet. */
  prepare(mayAsk: boolean): Promise<boolean>;
  /** For one attempt; `report` then tells what was tried and what the server offers. */
  handler(): { readonly next: AuthHandlerMiddleware; readonly report: () => string };
  /** After a refused attempt: whether another secret can be asked for. */
  canRetry(): boolean;
}

/** How Tare logs in with a private key that it made itself (guests). */
export interface GivenKey {
  readonly kind: "given-key";
  readonly privateKey: string;
}

export function createAuthentication(
  endpoint: Pick<Endpoint, "user"> & { readonly auth: Endpoint["auth"] | GivenKey },
  name: string,
  deps: AuthenticationDeps,
): Authentication {
  const { auth, user } = endpoint;
  switch (auth.kind) {
    case "agent":
      return agentAuthentication(user, name, deps.agentSocket);
    case "key":
      return keyAuthentication(user, name, auth.path, deps);
    case "password":
      return passwordAuthentication(user, name, deps);
    case "given-key":
      return fixedAuthentication(
        { type: "publickey", username: user, key: auth.privateKey },
        "Tare's own key",
      );
  }
}

/** The server is first asked, with method "none", what it offers; then the one method is tried. */
function attempt(
  user: string,
  choose: (offered: readonly string[]) => { method: AnyAuthMethod; title: string } | undefined,
): ReturnType<Authentication["handler"]> {
  let offered: readonly string[] = [];
  let tried = "";
  let step = 0;
  const next: AuthHandlerMiddleware = (methodsLeft, _partial, callback) => {
    offered = methodsLeft ?? offered;
    step += 1;
    if (step === 1) return callback({ type: "none", username: user });
    const chosen = step === 2 ? choose(offered) : undefined;
    tried = chosen?.title ?? tried;
    // ssh2 takes false for "nothing left to try"; its types do not know it.
    callback(chosen?.method ?? (false as unknown as AnyAuthMethod));
  };
  const report = () =>
    `Tried: ${tried === "" ? "nothing" : tried}. The host offers: ${offered.length === 0 ? "nothing" : offered.join(", ")}.`;
  return { next, report };
}

function fixedAuthentication(method: AnyAuthMethod, title: string): Authentication {
  return {
    prepare: () => Promise.resolve(true),
    handler: () => attempt(method.username, () => ({ method, title })),
    canRetry: () => false,
  };
}

function agentAuthentication(user: string, name: string, socket: string | undefined): Authentication {
  if (socket === undefined || socket === "")
    throw new TareError(
      "AUTHENTICATION_FAILED",
      `${name} is to be reached with the SSH agent, but no agent runs here: SSH_AUTH_SOCK is not set. Start one, or choose a key file.`,
      { host: name },
    );
  if (!socket.startsWith("\\\\") && socket !== "pageant" && !existsSync(socket))
    throw new TareError(
      "AUTHENTICATION_FAILED",
      `${name} is to be reached with the SSH agent, but its socket ${socket} does not exist.`,
      { host: name },
    );
  const agent = ssh2.createAgent(socket);
  return fixedAuthentication({ type: "agent", username: user, agent }, "the keys of the SSH agent");
}

function keyAuthentication(
  user: string,
  name: string,
  path: string,
  deps: AuthenticationDeps,
): Authentication {
  const file = path.startsWith("~/") ? `${homedir()}${path.slice(1)}` : path;
  const secret = `passphrase ${file}`;
  let asked = 0;
  let key: Buffer | undefined;

  const prepare = async (mayAsk: boolean): Promise<boolean> => {
    if (key !== undefined) return true;
    const content = readKey(file, name);
    const plain = ssh2.utils.parseKey(content);
    const encrypted = plain instanceof Error && /no passphrase given/i.test(plain.message);
    if (plain instanceof Error && !encrypted)
      throw keyError(name, file, "is not a private key in a format that is known");
    if (!(plain instanceof Error) && !plain.isPrivateKey())
      throw keyError(name, file, "holds a public key; name the private one");
    const opens = () =>
      !encrypted || !(ssh2.utils.parseKey(content, deps.secrets.get(secret) ?? "") instanceof Error);
    while (!opens()) {
      if (!mayAsk) return false;
      if (asked === tries)
        throw new TareError("SECRET_MISSING", `The passphrase given for ${file} was wrong ${tries} times.`, {
          host: name,
        });
      await askSecret(
        { kind: "passphrase", host: name, keyPath: file, retry: asked > 0 },
        secret,
        name,
        deps,
      );
      asked += 1;
    }
    key = content;
    return true;
  };

  const handler = () =>
    attempt(user, () => {
      const passphrase = deps.secrets.get(secret);
      const method: AnyAuthMethod = {
        type: "publickey",
        username: user,
        key: key ?? "",
        ...(passphrase === undefined ? {} : { passphrase }),
      };
      return { method, title: `the key ${file}` };
    });

  return { prepare, handler, canRetry: () => false };
}

function passwordAuthentication(user: string, name: string, deps: AuthenticationDeps): Authentication {
  const secret = `password ${name}`;
  let asked = 0;

  const prepare = async (mayAsk: boolean): Promise<boolean> => {
    if (deps.secrets.has(secret)) return true;
    if (!mayAsk) return false;
    await askSecret({ kind: "password", host: name, user, retry: asked > 0 }, secret, name, deps);
    asked += 1;
    return true;
  };

  const handler = () =>
    attempt(user, (offered) => {
      const password = deps.secrets.get(secret) ?? "";
      if (offered.includes("password"))
        return { method: { type: "password", username: user, password }, title: "the password" };
      if (!offered.includes("keyboard-interactive")) return undefined;
      return {
        method: {
          type: "keyboard-interactive",
          username: user,
          prompt: (_name, _instructions, _language, prompts, finish) => {
            // Only hidden questions are for the password; anything else is a second factor, which is not known.
            finish(prompts.map((prompt) => (prompt.echo === true ? "" : password)));
          },
        },
        title: "the password (keyboard-interactive)",
      };
    });

  const canRetry = (): boolean => {
    deps.secrets.delete(secret);
    return asked < tries;
  };

  return { prepare, handler, canRetry };
}

async function askSecret(
  question: Question,
  secret: string,
  name: string,
  deps: AuthenticationDeps,
): Promise<void> {
  const answer = await deps.ask(question, deps.signal);
  if (answer.kind !== "secret")
    throw new TareError(
      "SECRET_MISSING",
      question.kind === "passphrase"
        ? `No passphrase was given for ${question.keyPath}.`
        : `No password was given for ${name}.`,
      { host: name },
    );
  deps.secrets.set(secret, answer.secret);
}

function readKey(file: string, name: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ENOENT") throw keyError(name, file, "does not exist");
    if (code === "EISDIR") throw keyError(name, file, "is a folder");
    throw keyError(name, file, `cannot be read (${String(code)})`);
  }
}

function keyError(name: string, file: string, what: string): TareError {
  return new TareError("AUTHENTICATION_FAILED", `The key file ${file}, for ${name}, ${what}.`, {
    host: name,
  });
}
