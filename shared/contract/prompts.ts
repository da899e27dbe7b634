// Questions that the core asks a person while it connects: host keys and secrets. Answers are kept in memory only.
import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { base } from "./app.ts";

export const promptSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("host-key"),
    id: z.string(),
    host: z.string(),
    keyType: z.string(),
    /** `SHA256:…`, as ssh-keygen -l prints it. */
    fingerprint: z.string(),
  }),
  z.strictObject({
    kind: z.literal("passphrase"),
    id: z.string(),
    host: z.string(),
    keyPath: z.string(),
    retry: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("password"),
    id: z.string(),
    host: z.string(),
    user: z.string(),
    retry: z.boolean(),
  }),
]);
export type Prompt = z.infer<typeof promptSchema>;

export const promptAnswerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("host-key"), id: z.string(), accept: z.boolean() }),
  z.strictObject({ kind: z.literal("secret"), id: z.string(), secret: z.string().max(4096) }),
  z.strictObject({ kind: z.literal("dismiss"), id: z.string() }),
]);
export type PromptAnswer = z.infer<typeof promptAnswerSchema>;

export const promptsContract = {
  /** The questions that are open, at once and at every change. */
  watch: base.output(eventIterator(z.array(promptSchema))),
  answer: base.input(promptAnswerSchema).output(z.strictObject({})),
};
