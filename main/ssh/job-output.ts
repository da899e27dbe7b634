// What a followed job printed: its own bytes, passed on as they come, and the state that job.sh appends to them.

/** Opens the state at the end of standard output; no text of a tool begins with zero bytes. */
const stateMark = Buffer.from("\0\0tare-state ", "latin1");

export interface JobOutput {
  feed(bytes: Buffer): void;
  /**
   * The line of `job.sh state` that came last; null where the stream ended without it. What was held back then is not
   * passed on: it is asked for again, as the next one to follow begins after what was.
   */
  state(): string | null;
}

/** Passes on all bytes but the state; only what may be the beginning of its mark is held back. */
export function jobOutput(onBytes: (bytes: Buffer) => void): JobOutput {
  let held: Buffer = Buffer.alloc(0);
  return {
    feed(bytes) {
      const all = Buffer.concat([held, bytes]);
      const from = markFrom(all);
      if (from > 0) onBytes(all.subarray(0, from));
      held = all.subarray(from);
    },
    state() {
      if (held.indexOf(stateMark) !== 0 || held.at(-1) !== 10) return null;
      return held.toString("latin1", stateMark.length).trim();
    },
  };
}

/** Where the last mark, or what may become one, begins; the length where there is none. */
function markFrom(bytes: Buffer): number {
  const whole = bytes.lastIndexOf(stateMark);
  if (whole >= 0) return whole;
  for (let length = Math.min(stateMark.length - 1, bytes.length); length > 0; length -= 1)
    if (bytes.subarray(bytes.length - length).equals(stateMark.subarray(0, length)))
      return bytes.length - length;
  return bytes.length;
}
