// A person's own presets. What they typed to confirm that a device may be overwritten is not kept in them.
import type { Core } from "../core.ts";
import { withoutConfirmation } from "#shared/plan/configuration-file.ts";
import { api } from "./base.ts";

export function configurationHandlers({ presets }: Core) {
  return {
    list: api.configurations.list.handler(async () => {
      const { items, errors } = await presets.list();
      return { presets: items.toSorted((a, b) => a.title.localeCompare(b.title)), errors };
    }),
    save: api.configurations.save.handler(({ input }) =>
      presets.save({ ...input, configuration: withoutConfirmation(input.configuration) }),
    ),
    remove: api.configurations.remove.handler(async ({ input }) => {
      await presets.remove(input.presetId);
      return {};
    }),
  };
}
