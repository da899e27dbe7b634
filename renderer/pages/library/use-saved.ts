// A field that is saved when it is left: what is typed, whether it is saved, and why not.
import { useEffect, useRef, useState } from "react";
import type { Failure } from "#shared/model/error.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { showFailure } from "#renderer/components/show-failure.ts";

export interface SavedField<T> {
  readonly value: T;
  readonly dirty: boolean;
  /** It was saved since it is shown. */
  readonly saved: boolean;
  readonly failure: Failure | null;
  readonly set: (value: T) => void;
  readonly reset: () => void;
  readonly save: () => Promise<void>;
  readonly saveAs: (value: T) => Promise<void>;
}

interface SavedOptions<T> {
  /** Tells the field from all others of the window; what could not be saved is kept under it. */
  readonly key: string;
  /** What is stored; taken over whenever nothing typed stands in its way. */
  readonly stored: T;
  readonly write: (value: T) => Promise<void>;
}

interface Kept {
  readonly value: unknown;
  readonly failure: Failure;
}

/** What was typed and refused, for when its field is shown again. */
const refused = new Map<string, Kept>();

/** What is left unsaved when the field goes away is saved then. */
export function useSaved<T>({ key, stored, write }: SavedOptions<T>): SavedField<T> {
  const [before] = useState(() => refused.get(key));
  const [typed, setTyped] = useState(before === undefined ? null : { value: before.value as T });
  const [saved, setSaved] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(before?.failure ?? null);
  const writing = useRef(false);

  const saveAs = async (value: T): Promise<void> => {
    setTyped({ value });
    writing.current = true;
    try {
      await write(value);
      refused.delete(key);
      // What was typed meanwhile stays.
      setTyped((now) => (now?.value === value ? null : now));
      setFailure(null);
      setSaved(true);
    } catch (error) {
      const why = failureOf(error);
      refused.set(key, { value, failure: why });
      setFailure(why);
    } finally {
      writing.current = false;
    }
  };

  const leave = useRef(() => {});
  useEffect(() => {
    leave.current = () => {
      if (typed === null || failure !== null || writing.current) return;
      write(typed.value).catch((error: unknown) => {
        refused.set(key, { value: typed.value, failure: failureOf(error) });
        showFailure("What was typed is not saved", error);
      });
    };
  });
  useEffect(() => () => leave.current(), []);

  return {
    value: typed === null ? stored : typed.value,
    dirty: typed !== null,
    saved,
    failure,
    set: (value) => {
      setTyped(value === stored ? null : { value });
      setSaved(false);
    },
    reset: () => {
      refused.delete(key);
      setTyped(null);
      setFailure(null);
    },
    save: async () => {
      if (typed !== null && !writing.current) await saveAs(typed.value);
    },
    saveAs,
  };
}
