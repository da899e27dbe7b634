// Places for channels: never more than allowed, nobody waits for ever, long-lived ones make way.
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createChannelSlots } from "#main/ssh/channel-slots.ts";

const { signal } = new AbortController();

test("no more than the limit are open at once, and all get their turn", async () => {
  const slots = createChannelSlots(3);
  let open = 0;
  let most = 0;
  const work = Array.from({ length: 20 }, async () => {
    const release = await slots.acquire({ signal });
    open += 1;
    most = Math.max(most, open);
    await setImmediate();
    open -= 1;
    release();
    release();
  });
  await Promise.all(work);
  expect({ open, most }).toEqual({ open: 0, most: 3 });
});

test("each refusal lowers the limit to what the server took, never below one", async () => {
  const slots = createChannelSlots(8);
  const releases = await Promise.all(Array.from({ length: 4 }, () => slots.acquire({ signal })));
  for (const release of releases.slice(2)) {
    slots.refused();
    release();
  }
  let got = false;
  const third = slots.acquire({ signal }).then((release) => {
    got = true;
    return release;
  });
  await setImmediate();
  expect(got).toBe(false);
  slots.refused();
  slots.refused();
  releases[0]?.();
  releases[1]?.();
  (await third)();
});

test("a long-lived channel is asked to make way for short work, and gets its place back after it", async () => {
  const slots = createChannelSlots(1);
  const order: string[] = [];
  const yielded = Promise.withResolvers<void>();
  const long = await slots.acquire({ signal, onYield: () => yielded.resolve() });
  const short = slots.acquire({ signal }).then((release) => {
    order.push("short");
    release();
  });
  await yielded.promise;
  long();
  const again = await slots.acquire({ signal, onYield: () => undefined });
  order.push("long again");
  await short;
  again();
  expect(order).toEqual(["short", "long again"]);
});

describe("waiting", () => {
  test("ends with an abort, and the place goes to the next", async () => {
    const slots = createChannelSlots(1);
    const release = await slots.acquire({ signal });
    const abort = new AbortController();
    const given = slots.acquire({ signal: abort.signal });
    const next = slots.acquire({ signal });
    abort.abort();
    await expect(given).rejects.toThrow("aborted");
    release();
    (await next)();
  });
});
