// A .tare file on its way into the library: its bytes go by HTTP, since files are too large for the API.
import { z } from "zod";
import { failureSchema, type Failure } from "#shared/model/error.ts";

const importedSchema = z.object({
  outcome: z.enum(["imported", "duplicate"]),
  campaignId: z.string(),
  name: z.string(),
  text: z.string(),
});
export type Imported = z.infer<typeof importedSchema>;

export type Sent =
  | { readonly kind: "done"; readonly imported: Imported }
  | { readonly kind: "failed"; readonly failure: Failure };

/** `onProgress`: bytes that are sent. Never rejects; `fetch` tells no progress of what it sends. */
export function sendFile(
  file: File,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const failed = (failure: Failure) => resolve({ kind: "failed", failure });
    request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
    request.addEventListener("load", () => resolve(answerOf(request)));
    request.addEventListener("abort", () =>
      failed({ code: "CANCELLED", message: "Cancelled; nothing was imported." }),
    );
    request.addEventListener("error", () =>
      failed({
        code: "LINK_LOST",
        message:
          "The connection to the core was lost while the file was sent, or the file could not be read. " +
          "Import it again: a campaign that is there already stays as it is.",
      }),
    );
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", `/import?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(file);
  });
}

function answerOf({ status, responseText }: XMLHttpRequest): Sent {
  const value = parsed(responseText);
  const imported = importedSchema.safeParse(value);
  if (status === 200 && imported.success) return { kind: "done", imported: imported.data };
  const failure = failureSchema.safeParse(value);
  if (failure.success) return { kind: "failed", failure: failure.data };
  return {
    kind: "failed",
    failure: {
      code: "INTERNAL",
      message: `The core did not take the file (HTTP status ${status}).`,
      ...(responseText === "" ? {} : { detail: responseText.slice(0, 2000) }),
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
