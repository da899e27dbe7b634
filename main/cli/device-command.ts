// `tare device`: whether a block device of a lab's system under test may be overwritten, and what confirms it.
import type { Core } from "../core.ts";
import { proveLabDevice } from "../hosts/prove-device.ts";
import { TareError } from "#shared/model/error.ts";
import { devicePathSchema } from "#shared/model/text.ts";
import { bytesText } from "#shared/report/number.ts";
import { exitCodes } from "./exit-code.ts";

/** Ends with `incomplete` where something uses the device. Throws TareError INPUT_INVALID, and those of the connection. */
export async function deviceCommand(
  core: Core,
  labId: string,
  typed: string,
  options: { json?: boolean },
): Promise<number> {
  const path = devicePathSchema.safeParse(typed);
  if (!path.success)
    throw new TareError("INPUT_INVALID", `${typed} ${path.error.issues[0]?.message ?? "cannot be used"}.`);
  const proof = await proveLabDevice(core, { labId, path: path.data }, new AbortController().signal);
  const lines = [
    ...(proof.sizeBytes === null ? [] : [`Size: ${bytesText(proof.sizeBytes)}`]),
    ...(proof.model === null ? [] : [`Model: ${proof.model}`]),
    ...(proof.serial === null ? [] : [`Serial number, to be typed in a configuration: ${proof.serial}`]),
    proof.refusal === null ? "Nothing uses it." : `Refused: ${proof.refusal}.`,
  ];
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(proof, null, 2)}\n`
      : [proof.path, ...lines.map((line) => `  ${line}`), ""].join("\n"),
  );
  return proof.refusal === null ? exitCodes.ok : exitCodes.incomplete;
}
