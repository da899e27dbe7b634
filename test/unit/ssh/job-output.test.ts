// A followed job's bytes and the state after them, however the stream is cut into pieces.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jobOutput } from "#main/ssh/job-output.ts";

const mark = Buffer.from("\0\0tare-state ");

function fed(whole: Buffer, cuts: readonly number[]): { passed: Buffer; state: string | null } {
  const passed: Buffer[] = [];
  const output = jobOutput((bytes) => passed.push(Buffer.from(bytes)));
  const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
  for (const [index, from] of places.entries()) output.feed(whole.subarray(from, places[index + 1]));
  const state = output.state();
  return { passed: Buffer.concat(passed), state };
}

const bytes = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each));
const tricky = fc.constantFrom(mark, Buffer.from("\0"), Buffer.from("\0\0tare"), Buffer.from("x\n"));
const job = fc.array(fc.oneof(bytes, tricky), { maxLength: 5 }).map((parts) => Buffer.concat(parts));

test("the job's bytes and the state are told apart at any cut, even where the job prints the mark itself", () => {
  fc.assert(
    fc.property(job, fc.array(fc.nat(500), { maxLength: 6 }), (content, cuts) => {
      const whole = Buffer.concat([content, mark, Buffer.from("ended 3 0 0 exited 1.5 2.5\n")]);
      const { passed, state } = fed(whole, cuts);
      expect(state).toBe("ended 3 0 0 exited 1.5 2.5");
      expect(passed.equals(content)).toBe(true);
    }),
  );
});

test("of a stream that was cut nothing is passed on that may be the state, and the rest comes from there on", () => {
  const whole = Buffer.concat([Buffer.from("\0x\0"), mark, Buffer.from("ended 3 0 0 exited 1.5 2.5\n")]);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.array(fc.nat(500), { maxLength: 6 }), (end, cuts) => {
      const { passed, state } = fed(whole.subarray(0, end), cuts);
      expect(state).toBeNull();
      const again = fed(whole.subarray(passed.length), cuts);
      expect(again.state).not.toBeNull();
      expect(Buffer.concat([passed, again.passed])).toEqual(Buffer.from("\0x\0"));
    }),
  );
});
