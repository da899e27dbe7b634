// A text of any length, line by line and byte by byte: what is no UTF-8 passes as it is.
import { Transform } from "node:stream";

/** A line without an end in sight is parted at a space, or not at all below this, bytes. */
const longLine = 4 * 2 ** 20;

/** Whole lines with their line feeds, one character a byte; many at once. */
export function mapLines(map: (lines: string) => string): Transform {
  let carry = "";
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      const text = carry + piece.toString("latin1");
      const end = text.lastIndexOf("\n");
      const cut = end === -1 && text.length > longLine ? text.lastIndexOf(" ") : end;
      carry = text.slice(cut + 1);
      done(null, cut === -1 ? null : Buffer.from(map(text.slice(0, cut + 1)), "latin1"));
    },
    flush(done) {
      done(null, carry === "" ? null : Buffer.from(map(carry), "latin1"));
    },
  });
}
