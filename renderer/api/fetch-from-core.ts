// What the core gives by HTTP, since it is too large for the API; failures are the core's own sentences.
import { failureSchema, TareError, type Failure } from "#shared/model/error.ts";
import { connectedSoon } from "./client.ts";

/** `path`: with its query. Waits for a connection as a call does. Throws TareError with the core's sentence. */
export async function fetchFromCore<T>(
  path: string,
  signal: AbortSignal,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  await connectedSoon(signal);
  try {
    const response = await fetch(path, { signal, credentials: "same-origin" });
    if (!response.ok) throw thrown(failureOfText(await response.text(), response.status));
    return await read(response);
  } catch (error) {
    // How `fetch` tells of a connection that failed, also in the middle of a body.
    if (error instanceof TypeError)
      throw new TareError("LINK_LOST", "The connection to the core was lost before its answer was whole.", {
        cause: error,
      });
    throw error;
  }
}

function thrown({ code, message, ...rest }: Failure): TareError {
  return new TareError(code, message, rest);
}

function failureOfText(text: string, status: number): Failure {
  try {
    const carried = failureSchema.safeParse(JSON.parse(text));
    if (carried.success) return carried.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const known = text !== "" && text.length < 1000 && !text.startsWith("<");
  return {
    code: status === 404 ? "NOT_FOUND" : "INTERNAL",
    message: known ? text : `The core did not give what was asked for (HTTP status ${status}).`,
  };
}
