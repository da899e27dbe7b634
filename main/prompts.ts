// Questions of the core to a person, and their answers. Nothing here is ever written to a file or a log.
import { randomUUID } from "node:crypto";
import type { Prompt, PromptAnswer } from "#shared/contract/prompts.ts";
import { TareError } from "#shared/model/error.ts";

type WithoutId<P> = P extends Prompt ? Omit<P, "id"> : never;
export type Question = WithoutId<Prompt>;

export interface Prompts {
  /** Waits for a person's answer. Throws TareError CANCELLED when the signal ends the wait. */
  ask(question: Question, signal: AbortSignal): Promise<PromptAnswer>;
  open(): readonly Prompt[];
  /** Throws TareError NOT_FOUND when the question is not open any more. */
  answer(answer: PromptAnswer): void;
  /** Called at every change of the open questions; returns its stop. */
  watch(listener: () => void): () => void;
}

export function createPrompts(): Prompts {
  const pending = new Map<string, { prompt: Prompt; resolve: (answer: PromptAnswer) => void }>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  return {
    ask(question, signal) {
      const prompt: Prompt = { ...question, id: randomUUID() };
      return new Promise((resolve, reject) => {
        const abort = () => {
          pending.delete(prompt.id);
          changed();
          reject(new TareError("CANCELLED", "The question was withdrawn because the work was cancelled."));
        };
        if (signal.aborted) return abort();
        signal.addEventListener("abort", abort, { once: true });
        pending.set(prompt.id, {
          prompt,
          resolve(answer) {
            signal.removeEventListener("abort", abort);
            resolve(answer);
          },
        });
        changed();
      });
    },
    open: () => [...pending.values()].map(({ prompt }) => prompt),
    answer(answer) {
      const question = pending.get(answer.id);
      if (question === undefined) throw new TareError("NOT_FOUND", "This question is not open any more.");
      pending.delete(answer.id);
      question.resolve(answer);
      changed();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
