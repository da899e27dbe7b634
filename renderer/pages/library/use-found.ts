// What the core finds for the text in the search box, asked for when the typing pauses.
import { useEffect, useState } from "react";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";

interface Found {
  /** What it answers. */
  readonly turn: string;
  /** Place of each campaign that was found, from the best match on. */
  readonly places: ReadonlyMap<string, number>;
  readonly failure: Failure | null;
}

const pauseMs = 120;

/** Asked again with each `turn`. Null without a text. While a new text is looked for, what the last one found stays. */
export function useFound(text: string, turn: string): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    if (text === "") return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      api.library.find({ text }, { signal: controller.signal }).then(
        ({ campaignIds }) =>
          setFound({
            turn,
            places: new Map(campaignIds.map((id, place) => [id, place])),
            failure: null,
          }),
        (error: unknown) => {
          if (!controller.signal.aborted) setFound({ turn, places: new Map(), failure: failureOf(error) });
        },
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text, turn]);
  return text === "" ? null : found;
}
