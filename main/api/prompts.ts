// Questions of the core to the person at the window.
import type { Core } from "../core.ts";
import type { Prompt } from "#shared/contract/prompts.ts";
import { api, streamOf } from "./base.ts";

export function promptHandlers({ prompts }: Core) {
  async function* watch(signal: AbortSignal | undefined): AsyncGenerator<Prompt[]> {
    let wake: () => void = () => undefined;
    const stop = prompts.watch(() => wake());
    signal?.addEventListener("abort", () => wake(), { once: true });
    try {
      while (signal?.aborted !== true) {
        const changed = new Promise<void>((resolve) => {
          wake = resolve;
        });
        yield [...prompts.open()];
        await changed;
      }
    } finally {
      stop();
    }
  }

  return {
    watch: api.prompts.watch.handler(({ signal }) => Promise.resolve(streamOf(watch(signal)))),
    answer: api.prompts.answer.handler(({ input }) => {
      prompts.answer(input);
      return {};
    }),
  };
}
