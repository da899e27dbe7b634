// What a look at a block device found: which one it is, and whether anything uses it.
import { z } from "zod";

export const deviceProofSchema = z.strictObject({
  path: z.string(),
  /** `259:1`; null where the path leads to no block device. */
  number: z.string().nullable(),
  sizeBytes: z.number().int().nonnegative().nullable(),
  model: z.string().nullable(),
  /** What has to be typed before the device may be overwritten: serial number, WWID, dm UUID, or a loop device's file. */
  serial: z.string().nullable(),
  /** Why it must not be overwritten, as a sentence; null where nothing uses it. */
  refusal: z.string().nullable(),
});
export type DeviceProof = z.infer<typeof deviceProofSchema>;

/** Reads what assets/host/device.sh printed; it refuses by an exit status that is not 0. */
export function deviceProof(
  path: string,
  result: { readonly status: number; readonly stdout: string; readonly stderr: string },
): DeviceProof {
  const field = (name: string) => {
    const line = result.stdout.split("\n").find((each) => each.startsWith(`${name} `));
    const value = line?.slice(name.length + 1).trim() ?? "-";
    return value === "-" || value === "" ? null : value;
  };
  const size = field("size");
  const refusal = result.stderr.trim().split("\n").at(-1) ?? "";
  return {
    path,
    number: field("device"),
    sizeBytes: size === null ? null : Number(size),
    model: field("model"),
    serial: field("serial"),
    refusal:
      result.status === 0 ? null : refusal || `device.sh ended with exit status ${result.status} on ${path}`,
  };
}
