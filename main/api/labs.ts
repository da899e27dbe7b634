// Labs: stored, tried, probed.
import { homedir } from "node:os";
import { join } from "node:path";
import type { Core } from "../core.ts";
import { probeLab } from "../hosts/probe-lab.ts";
import { proveLabDevice } from "../hosts/prove-device.ts";
import { testReach } from "../hosts/reach.ts";
import { readSshConfig } from "../ssh/ssh-config.ts";
import { testConnection } from "../ssh/connection-test.ts";
import { hostRoles } from "#shared/model/lab.ts";
import { api, streamOf } from "./base.ts";

export function labHandlers(core: Core) {
  const { labs } = core;
  return {
    list: api.labs.list.handler(() => labs.list()),
    save: api.labs.save.handler(({ input }) => labs.save(input)),
    remove: api.labs.remove.handler(async ({ input }) => {
      await labs.remove(input.labId);
      return {};
    }),
    test: api.labs.test.handler(async ({ input, signal = new AbortController().signal }) => {
      const lab = await labs.get(input.labId);
      return streamOf(
        (async function* steps() {
          for (const role of hostRoles) yield* testConnection(lab[role], role, { ...core.ssh, signal });
        })(),
      );
    }),
    probe: api.labs.probe.handler(({ input, signal = new AbortController().signal }) =>
      probeLab(core, input.labId, signal),
    ),
    facts: api.labs.facts.handler(({ input }) => labs.facts(input.labId)),
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
