// Labs: stored, tried, probed.
import { homedir } from "node:os";
import { join } from "node:path";
import type { Core } from "../core.ts";
import { mendLab } from "../hosts/mend.ts";
import { findChanges } from "../hosts/found-changes.ts";
import type { RemoteMachine } from "../hosts/machine.ts";
import { probeLab } from "../hosts/probe-lab.ts";
import { proveLabDevice } from "../hosts/prove-device.ts";
import { testReach } from "../hosts/reach.ts";
import { usualScripts } from "../hosts/usual-scripts.ts";
import { readSshConfig } from "../ssh/ssh-config.ts";
import { testConnection } from "../ssh/connection-test.ts";
import { commandText } from "#shared/model/command.ts";
import { hostRoles } from "#shared/model/lab.ts";
import { mendCommand } from "#shared/plan/mend-command.ts";
import { api, streamOf } from "./base.ts";

export function labHandlers(core: Core) {
  const { labs } = core;
  return {
    list: api.labs.list.handler(() => labs.list()),
    save: api.labs.save.handler(async ({ input }) => {
      const saved = await labs.save(input);
      // What was found may have been found on other hosts.
      core.found.forget(input.id);
      return saved;
    }),
    remove: api.labs.remove.handler(async ({ input }) => {
      await labs.remove(input.labId);
      core.found.forget(input.labId);
      return {};
    }),
    test: api.labs.test.handler(async ({ input, signal = new AbortController().signal }) => {
      const lab = await labs.get(input.labId);
      return streamOf(
        (async function* steps() {
          for (const role of hostRoles) {
            const findOn = (machine: RemoteMachine) =>
              findChanges({ labId: input.labId, role, machine }, core, signal);
            yield* testConnection(lab[role], role, { ...core.ssh, signal, findOn });
          }
        })(),
      );
    }),
    probe: api.labs.probe.handler(({ input, signal = new AbortController().signal }) =>
      probeLab(core, input.labId, signal),
    ),
    facts: api.labs.facts.handler(({ input }) => labs.facts(input.labId)),
    mendPreview: api.labs.mendPreview.handler(async ({ input: { labId, role, mend } }) => {
      const { user } = (await labs.get(labId))[role];
      return { text: commandText(mendCommand(mend, usualScripts(user))) };
    }),
    mend: api.labs.mend.handler(({ input, signal = new AbortController().signal }) =>
      streamOf(mendLab(core, input, signal)),
    ),
    device: api.labs.device.handler(({ input, signal = new AbortController().signal }) =>
      proveLabDevice(core, input, signal),
    ),
    reach: api.labs.reach.handler(async ({ input, signal = new AbortController().signal }) => {
      const lab = await labs.get(input.labId);
      return streamOf(testReach(lab, (role, until) => core.connect(lab, role, until), input, signal));
    }),
    sshConfig: api.labs.sshConfig.handler(() => {
      const { entries, remarks } = readSshConfig(join(homedir(), ".ssh/config"));
      return { entries: [...entries], remarks: [...remarks] };
    }),
  };
}
