// Hosts: what Tare has in force there, applied by hand, undone, compared.
import type { Core } from "../core.ts";
import { applySettings, settingsOf } from "../hosts/apply-settings.ts";
import { compareHost } from "../hosts/compare-host.ts";
import { lookAtLab } from "../hosts/host-changes.ts";
import { undoHostChanges } from "../hosts/undo-host-changes.ts";
import { api, streamOf } from "./base.ts";

export function hostHandlers(core: Core) {
  return {
    changes: api.hosts.changes.handler(({ input, signal = new AbortController().signal }) =>
      Promise.resolve(streamOf(lookAtLab(core, input.labId, signal))),
    ),
    found: api.hosts.found.handler(({ input, signal = new AbortController().signal }) =>
      Promise.resolve(streamOf(core.found.watch(input.labId, signal))),
    ),
    settings: api.hosts.settings.handler(({ input }) => settingsOf(core, input)),
    apply: api.hosts.apply.handler(({ input, signal = new AbortController().signal }) =>
      Promise.resolve(streamOf(applySettings(core, input, signal))),
    ),
    undo: api.hosts.undo.handler(({ input, signal = new AbortController().signal }) =>
      Promise.resolve(streamOf(undoHostChanges(core, input, signal))),
    ),
    compare: api.hosts.compare.handler(({ input, signal = new AbortController().signal }) =>
      compareHost(core, input, signal),
    ),
  };
}
