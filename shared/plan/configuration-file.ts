// Configurations as a file that leaves a campaign and comes back: what is written, and what is wrong in one that is read.
import { z } from "zod";
import { configurationSchema, type Configuration } from "../model/configuration.ts";

const fileFormat = "tare-configurations/1";

/**
 * Stands in files where a person typed a device's serial number. It confirms that everything on the device may be
 * overwritten, so it is typed anew for each campaign; as a serial number this text is refused by the device's proof.
 */
export const serialLeftOut = "to be typed again";

const configurationFileSchema = z.strictObject({
  format: z.literal(fileFormat, `must be "${fileFormat}"`),
  configurations: z
    .array(configurationSchema)
    .min(1, "must have a configuration")
    .max(500, "must have at most 500 configurations"),
});

/** The same configuration without the typed confirmation that its device may be overwritten. */
export function withoutConfirmation(configuration: Configuration): Configuration {
  const { storage } = configuration;
  if (!("device" in storage) || storage.device === undefined) return configuration;
  const device = { ...storage.device, serial: serialLeftOut };
  return configurationSchema.parse({ ...configuration, storage: { ...storage, device } });
}

/** Text of the file, JSON that ends with a line break; the same configurations have the same text. */
export function configurationFileText(configurations: readonly Configuration[]): string {
  const content = configurationFileSchema.parse({
    format: fileFormat,
    configurations: configurations.map(withoutConfirmation),
  });
  return `${JSON.stringify(content, null, 2)}\n`;
}

export type ReadConfigurations =
  | { readonly configurations: readonly Configuration[]; readonly errors: readonly [] }
  /** Sentences that name the field: `configurations[2].machine.vcpus must be…`. */
  | { readonly configurations: null; readonly errors: readonly string[] };

/** The configurations of such a text; nothing of it where anything is wrong. Serial numbers are left out. */
export function readConfigurationFile(text: string): ReadConfigurations {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { configurations: null, errors: [`This is no JSON: ${reason}`] };
  }
  const result = configurationFileSchema.safeParse(content);
  if (result.success)
    return { configurations: result.data.configurations.map(withoutConfirmation), errors: [] };
  return { configurations: null, errors: result.error.issues.map((issue) => issueText(issue)) };
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.map((key) => pathText([...issue.path, key])).join(", ");
    return `${names}: Tare knows no such field.`;
  }
  // A text that fits none of several forms says so inside; the last form is the most general one.
  const inner = issue.code === "invalid_union" ? issue.errors.at(-1)?.[0]?.message : undefined;
  const where = issue.path.length === 0 ? "The file" : pathText(issue.path);
  return `${where}: ${inner ?? issue.message}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`,
    )
    .join("");
}
