// Files of a campaign's folder, fetched outside of the API because they can be large.
import { useEffect, useState } from "react";
import type { Failure } from "#shared/model/error.ts";
import { rawUrl } from "./client.ts";
import { failureOf } from "./failure.ts";

export interface RawText {
  readonly text: string;
  /** True where the file goes on beyond what is shown. */
  readonly cut: boolean;
  readonly sizeBytes: number;
}

export interface Fetched<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
}

const notFetched = { value: null, failure: null };

/** At most so many bytes of a file are shown in the window; the rest is for the file itself. */
export const shownBytes = 2 * 1024 * 1024;

/** Text of a file of a campaign; null paths fetch nothing. */
export function useRawText(campaignId: string, path: string | null): Fetched<RawText> {
  const [state, setState] = useState<Fetched<RawText> & { readonly path: string | null }>({
    ...notFetched,
    path: null,
  });
  useEffect(() => {
    if (path === null) return;
    const controller = new AbortController();
    fetchRawText(campaignId, path, controller.signal).then(
      (value) => setState({ value, failure: null, path }),
      (error: unknown) => {
        if (!controller.signal.aborted) setState({ value: null, failure: failureOf(error), path });
      },
    );
    return () => controller.abort();
  }, [campaignId, path]);
  return state.path === path ? state : notFetched;
}

export async function fetchRawText(campaignId: string, path: string, signal: AbortSignal): Promise<RawText> {
  const response = await fetchTwice(rawUrl(campaignId, path), signal);
  if (!response.ok) throw new Error(`the file ${path} cannot be read (HTTP status ${response.status})`);
  const blob = await response.blob();
  return {
    text: await blob.slice(0, shownBytes).text(),
    cut: blob.size > shownBytes,
    sizeBytes: blob.size,
  };
}

/** A request that got no answer at all is sent once more: it fails when an interface of the machine appears or goes. */
async function fetchTwice(url: string, signal: AbortSignal): Promise<Response> {
  const send = () => fetch(url, { signal, credentials: "same-origin" });
  try {
    return await send();
  } catch (error) {
    if (error instanceof TypeError) return send();
    throw error;
  }
}
