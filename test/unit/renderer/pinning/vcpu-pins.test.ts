// vCPU pins as one text: pinning one of them, all of them, and where a vCPU is in the guest.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatCpuList } from "#shared/facts/cpu-list.ts";
import {
  onePinEach,
  placeOfVcpu,
  readPins,
  vcpusByCpu,
  withPin,
} from "#renderer/wizards/configuration/pinning/vcpu-pins.ts";

const usable = [0, 1, 2, 3];

test("to pin one vCPU gives the others all usable CPUs, and the last pin that is taken off leaves no text", () => {
  const guest = { vcpus: 3, usable };
  const one = withPin("", guest, 1, "2");
  expect(one).toBe("0-3 2 0-3");
  expect(withPin(one, guest, 0, "1, 3")).toBe("1,3 2 0-3");
  expect(withPin(one, guest, 1, "")).toBe("");
  // What was typed for vCPUs that are not there any more goes; what is no list stays, to be put right.
  expect(withPin("0 1 2 3 0", guest, 0, "3")).toBe("3 1 2");
  expect(withPin("0 1 2", guest, 2, "2-")).toBe("0 1 2-");
});

test("whatever is pinned one after the other is read back", () => {
  const cpus = fc.uniqueArray(fc.constantFrom(...usable), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(cpus, { minLength: 1, maxLength: 9 }), (wanted) => {
      const guest = { vcpus: wanted.length, usable };
      let text = "";
      for (const [vcpu, list] of wanted.entries()) text = withPin(text, guest, vcpu, formatCpuList(list));
      const pins = readPins(text);
      for (const [vcpu, list] of wanted.entries())
        expect(pins[vcpu] ?? usable).toEqual(list.toSorted((a, b) => a - b));
    }),
  );
});

test("each vCPU gets the next CPU of an order", () => {
  expect(onePinEach(4, [0, 16, 1, 17, 2])).toBe("0 16 1 17");
});

test("CPUs know their vCPUs, but not those that may run anywhere", () => {
  const found = vcpusByCpu(readPins("0 0-3 0,1 x"), usable);
  expect([...found]).toEqual([
    [0, [0, 2]],
    [1, [2]],
  ]);
});

test("threads count first, then cores, then sockets", () => {
  const shape = { sockets: 2, cores: 2, threads: 2 };
  expect(placeOfVcpu(1, shape)).toEqual({ socket: 0, core: 0, thread: 1 });
  expect(placeOfVcpu(2, shape)).toEqual({ socket: 0, core: 1, thread: 0 });
  expect(placeOfVcpu(7, shape)).toEqual({ socket: 1, core: 1, thread: 1 });
});
