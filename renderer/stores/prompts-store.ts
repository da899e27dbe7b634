// Questions of the core that wait for a person.
import { create } from "zustand";
import type { Prompt, PromptAnswer } from "#shared/contract/prompts.ts";
import { api } from "#renderer/api/client.ts";
import { startFollowing } from "#renderer/api/follow.ts";

interface PromptsState {
  readonly prompts: readonly Prompt[];
}

export const usePrompts = create<PromptsState>()(() => ({ prompts: [] }));

/** Starts watching; returns the function that stops. */
export function startPrompts(): () => void {
  return startFollowing<Prompt[]>({
    open: (signal) => api.prompts.watch(undefined, { signal }),
    onItem: (prompts) => usePrompts.setState({ prompts }),
    onFailure: () => usePrompts.setState({ prompts: [] }),
  });
}

export async function answerPrompt(answer: PromptAnswer): Promise<void> {
  await api.prompts.answer(answer);
}
