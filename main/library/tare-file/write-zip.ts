// The zip of a .tare file as a stream: equal content gives equal bytes.
import { createHash } from "node:crypto";
import { type Readable, Transform } from "node:stream";
import { ZipFile } from "yazl";
import { TareError } from "#shared/model/error.ts";
import { type Manifest, manifestName } from "#shared/tare-file/manifest.ts";
import type { TravellingFile } from "./travelling-file.ts";

/** Neither when nor by whom a file was written is told; before 1980, so that a zip's local time is the same everywhere. */
const always = { mtime: new Date(0), mode: 0o100644 };

/** `files` must be those of the manifest, in its order. The stream fails with TareError BUSY where one is not as it was. */
export function zipStream(manifest: Manifest, files: readonly TravellingFile[]): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let open: Readable | null = null;
  const fail = (error: Error) => {
    open?.destroy();
    output.destroy(error);
  };
  zip.on("error", fail);
  output.on("close", () => open?.destroy());
  const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  zip.addBuffer(text, manifestName, { ...always, compressionLevel: 6 });
  for (const [index, file] of files.entries()) {
    const known = manifest.files[index];
    if (known?.path !== file.path) throw new Error(`${file.path} is not in its place of the manifest.`);
    // What is packed already gains nothing.
    const compressionLevel = file.path.endsWith(".gz") ? 0 : 6;
    zip.addReadStreamLazy(file.path, { ...always, compressionLevel }, (give) => {
      const content = file.open();
      open = content;
      content.on("error", fail);
      give(null, content.pipe(sameAs(known)).on("error", fail));
    });
  }
  zip.end();
  return output;
}

/** Passes content on, and fails where it is not what was seen before. */
function sameAs({ path, sha256 }: Manifest["files"][number]): Transform {
  const hash = createHash("sha256");
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      done(null, piece);
    },
    flush(done) {
      if (hash.digest("hex") === sha256) return done();
      done(
        new TareError("BUSY", `${path} of the campaign changed while it was exported. Export it once more.`),
      );
    },
  });
}
