// What the window asks of the application itself.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { failureSchema } from "../model/error.ts";

/** Every procedure may fail with one of Tare's errors; its data is the failure to show. */
export const base = oc.errors({ TARE: { status: 422, data: failureSchema } });

export const appContract = {
  info: base.output(
    z.strictObject({
      version: z.string(),
      shell: z.enum(["electron", "browser"]),
      /** Folder that holds the campaigns. */
      dataFolder: z.string(),
      /** Campaign to open first (`tare demo` opens its own), or null. */
      openCampaign: z.string().nullable(),
      /** Why this is a browser and not a window of its own, where that is so. */
      shellReason: z.string().nullable(),
      /** Whether the built-in lab can run on this machine, and if not, why. */
      demo: z.strictObject({ available: z.boolean(), reason: z.string() }),
    }),
  ),
};
