// The first entry of a .tare file, `tare.json`: what the file holds, and of whom.
import { z } from "zod";
import { idSchema, timeSchema } from "../model/text.ts";

export const manifestName = "tare.json";

const fileSchema = z.strictObject({
  path: z.string().max(512),
  sizeBytes: z.number().int().nonnegative(),
  /** Of the content, lower-case hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hexadecimal"),
});

export const manifestSchema = z.strictObject({
  schema: z.literal("tare-file/1"),
  /** Version of Tare that wrote the file. */
  tare: z.string().max(100),
  campaign: z.strictObject({ id: idSchema, name: z.string().max(200), createdAt: timeSchema }),
  /** Whether names, addresses and serial numbers were replaced. */
  anonymous: z.boolean(),
  /** Every entry but this one, in the order of the file. */
  files: z.array(fileSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The number in a schema's name such as `tare-file/2`; null where it is no such name. */
export function schemaNumber(schema: unknown, name: string): number | null {
  if (typeof schema !== "string" || !schema.startsWith(`${name}/`)) return null;
  const digits = schema.slice(name.length + 1);
  return /^[1-9]\d{0,8}$/.test(digits) ? Number(digits) : null;
}
