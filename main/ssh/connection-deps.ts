// What a connection needs from outside: someone who answers questions, the known_hosts files, the agent, a log.
import type { Prompt, PromptAnswer } from "#shared/contract/prompts.ts";

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
/** A question before it has a number. */
export type Question = WithoutId<Prompt>;
export type Answer = WithoutId<PromptAnswer>;

/** Asks a person. Rejects when the signal aborts. */
export type Ask = (question: Question, signal: AbortSignal) => Promise<Answer>;

export type LinkEvent =
  | { readonly kind: "lost"; readonly message: string }
  | { readonly kind: "restored"; readonly seconds: number };

/** Passphrases and passwords that were given, by what they open. Lives in memory only. */
export type Secrets = Map<string, string>;

export interface ConnectionDeps {
  readonly ask: Ask;
  /** Tare's own known_hosts, which accepted keys are written to. */
  readonly knownHostsPath: string;
  /** Further known_hosts files, read only: the user's. */
  readonly otherKnownHosts?: readonly string[];
  /** Ends the machine, its waiting and its reconnecting. */
  readonly signal: AbortSignal;
  /** Socket of the agent; default: SSH_AUTH_SOCK. */
  readonly agentSocket?: string | undefined;
  /** Share one between the machines of a lab and nobody is asked twice for the same secret. */
  readonly secrets?: Secrets;
  /** Folder with the scripts that go to the hosts; default: assets/host of this checkout. */
  readonly scriptsFolder?: string;
  readonly log?: (text: string) => void;
  readonly onLink?: (event: LinkEvent) => void;
  /** For how long a lost connection is tried again before what waits for it fails. Default 600. */
  readonly reconnectSeconds?: number;
}
