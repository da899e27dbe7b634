// Drafts of wizards, saved with the time of this computer.
import type { Core } from "../core.ts";
import { api } from "./base.ts";

export function draftHandlers({ drafts }: Core) {
  return {
    list: api.drafts.list.handler(async () => {
      const { items, errors } = await drafts.list();
      return { drafts: items.toSorted((a, b) => b.savedAt.localeCompare(a.savedAt)), errors };
    }),
    save: api.drafts.save.handler(({ input }) =>
      drafts.save({ ...input, savedAt: new Date().toISOString() }),
    ),
    remove: api.drafts.remove.handler(async ({ input }) => {
      await drafts.remove(input.draftId);
      return {};
    }),
  };
}
