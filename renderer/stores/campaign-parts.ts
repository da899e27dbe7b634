// Data of campaigns that pages fetch piece by piece: kept for all pages, and no longer fetched once nobody waits for it.
import { useEffect, useMemo } from "react";
import { create } from "zustand";
import type { Failure } from "#shared/model/error.ts";
import { failureOf } from "#renderer/api/failure.ts";

/** Whether the campaign is still what it was: changes when its runs, status or name do. */
export type Version = string;

interface Part<T> {
  readonly version: Version;
  /** Null where it could not be read. */
  readonly value: T | null;
  readonly failure: Failure | null;
}

/** What is wanted of several campaigns; `what` names the piece, and is part of what tells pieces apart. */
interface Wanted {
  readonly campaigns: readonly { readonly id: string; readonly version: Version }[];
  readonly what: string;
}

export interface Parts<T> {
  readonly values: ReadonlyMap<string, T>;
  readonly failures: ReadonlyMap<string, Failure>;
  readonly loading: boolean;
  readonly retry: () => void;
}

/** Fetches one piece of all these campaigns; throws where one of them fails, which is then asked for alone. */
export type FetchParts<T> = (
  ids: readonly string[],
  what: string,
  signal: AbortSignal,
) => Promise<readonly (readonly [string, T])[]>;

/** So many pieces are kept; beyond that the oldest go. */
const keptParts = 2000;

interface Flight {
  readonly controller: AbortController;
  users: number;
}

/** A hook that gives pieces of campaigns. A campaign that cannot be read does not keep the others back. */
export function createCampaignParts<T>(fetchParts: FetchParts<T>): (wanted: Wanted) => Parts<T> {
  const useParts = create<ReadonlyMap<string, Part<T>>>()(() => new Map());
  const useRound = create<number>()(() => 0);
  const flights = new Map<string, Flight>();
  const keyOf = (id: string, what: string) => `${id} ${what}`;

  const keep = (entries: readonly (readonly [string, Part<T>])[]): void => {
    const all = new Map(useParts.getState());
    for (const [key, part] of entries) {
      all.delete(key);
      all.set(key, part);
    }
    for (const key of all.keys()) {
      if (all.size <= keptParts) break;
      all.delete(key);
    }
    useParts.setState(all, true);
  };

  const fetchAll = async ({ campaigns, what }: Wanted, signal: AbortSignal): Promise<void> => {
    const versions = new Map(campaigns.map(({ id, version }) => [id, version]));
    const part = (id: string, value: T | null, failure: Failure | null) =>
      [keyOf(id, what), { version: versions.get(id) ?? "", value, failure }] as const;
    try {
      const found = await fetchParts([...versions.keys()], what, signal);
      keep(found.map(([id, value]) => part(id, value, null)));
    } catch (error) {
      if (signal.aborted) return;
      const [only, ...more] = campaigns;
      if (only !== undefined && more.length === 0) {
        keep([part(only.id, null, failureOf(error))]);
        return;
      }
      // Which of them failed shows when each is asked for alone.
      for (const each of campaigns) await fetchAll({ campaigns: [each], what }, signal);
    }
  };

  /** Begins to fetch, or joins who fetches the same; returns what leaves it. */
  const join = (wanted: Wanted): (() => void) => {
    const key = JSON.stringify(wanted);
    const flight = flights.get(key) ?? { controller: new AbortController(), users: 0 };
    flight.users += 1;
    if (!flights.has(key)) {
      flights.set(key, flight);
      void fetchAll(wanted, flight.controller.signal).finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    }
    return () => {
      flight.users -= 1;
      if (flight.users > 0) return;
      flight.controller.abort();
      if (flights.get(key) === flight) flights.delete(key);
    };
  };

  return (wanted) => {
    const parts = useParts();
    const round = useRound();
    const wish = JSON.stringify(wanted);
    useEffect(() => {
      const { campaigns, what } = JSON.parse(wish) as Wanted;
      const missing = campaigns.filter(
        ({ id, version }) => useParts.getState().get(keyOf(id, what))?.version !== version,
      );
      // Asked for again with each round, which a person begins.
      return missing.length === 0 || round < 0 ? undefined : join({ campaigns: missing, what });
    }, [wish, round]);
    return useMemo(() => {
      const { campaigns, what } = JSON.parse(wish) as Wanted;
      const found = campaigns.flatMap(({ id }) => {
        const part = parts.get(keyOf(id, what));
        return part === undefined ? [] : [{ id, part }];
      });
      return {
        values: new Map(found.flatMap(({ id, part }) => (part.value === null ? [] : [[id, part.value]]))),
        failures: new Map(
          found.flatMap(({ id, part }) => (part.failure === null ? [] : [[id, part.failure]])),
        ),
        loading: campaigns.some(({ id, version }) => parts.get(keyOf(id, what))?.version !== version),
        retry: () => {
          const kept = new Map(useParts.getState());
          for (const { id, part } of found) if (part.failure !== null) kept.delete(keyOf(id, what));
          useParts.setState(kept, true);
          useRound.setState((before) => before + 1, true);
        },
      };
    }, [parts, wish]);
  };
}
