// A connection test of a lab that goes on while other steps of the wizard are looked at.
import { useEffect, useRef, useState } from "react";
import type { ConnectionStep } from "#shared/contract/labs.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";

export interface ConnectionTesting {
  readonly steps: readonly ConnectionStep[];
  readonly running: boolean;
  readonly failure: Failure | null;
  readonly run: () => Promise<void>;
  readonly stop: () => void;
}

interface Test {
  readonly steps: readonly ConnectionStep[];
  readonly running: boolean;
  readonly failure: Failure | null;
}

const untested: Test = { steps: [], running: false, failure: null };

/** `save` stores what is in the form first, since the core tests the stored lab; false: it could not be stored. */
export function useConnectionTest(labId: string, save: () => Promise<boolean>): ConnectionTesting {
  const [test, setTest] = useState(untested);
  const controller = useRef<AbortController>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const run = async (): Promise<void> => {
    if (!(await save())) return;
    const own = new AbortController();
    controller.current = own;
    setTest({ ...untested, running: true });
    try {
      for await (const step of await api.labs.test({ labId }, { signal: own.signal }))
        setTest((before) => ({ ...before, steps: withStep(before.steps, step) }));
      setTest((before) => ({ ...before, running: false }));
    } catch (error) {
      const failure = own.signal.aborted ? null : failureOf(error);
      setTest((before) => ({ ...before, running: false, failure }));
    }
  };
  return { ...test, run, stop: () => controller.current?.abort() };
}

function withStep(steps: readonly ConnectionStep[], step: ConnectionStep): readonly ConnectionStep[] {
  const at = steps.findIndex((other) => other.host === step.host && other.step === step.step);
  return at < 0 ? [...steps, step] : steps.with(at, step);
}
