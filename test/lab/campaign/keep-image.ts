// The userland as an image that stays in a lab: campaigns find it and leave it alone, instead of importing it each time.
import { beforeAll, expect } from "vitest";
import { ensureUserland } from "#main/environments/userland.ts";
import { connectHost } from "#main/ssh/connect-host.ts";
import { imageTag } from "#shared/environments/names.ts";
import type { TestLab } from "../lab.ts";

/** Call after `withDemoLab`. That campaigns make and remove the image is proven where this is not called. */
export function withKeptImage(fixture: { readonly lab: TestLab }): void {
  beforeAll(async () => {
    const { lab } = fixture;
    const ended = new AbortController();
    const { signal } = ended;
    const sut = await connectHost(lab.demo.lab.sut, "sut", {
      ask: () => Promise.reject(new Error("nobody is there to be asked")),
      knownHostsPath: lab.knownHosts,
      otherKnownHosts: [],
      signal,
    });
    const { folder, root } = await ensureUserland(
      sut,
      { kind: "build" },
      { signal, onProgress: () => undefined },
    );
    await sut.close();
    ended.abort();
    const { status, stderr } = await lab.ssh(
      "sut",
      `tar -C ${root} --numeric-owner -c . | docker import - ${imageTag(folder)}`,
    );
    expect(status, stderr).toBe(0);
  }, 300_000);
}
