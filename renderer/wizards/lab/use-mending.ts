// A mend of one host as it goes: what its program prints, how it ended. It goes on while other steps are looked at.
import { useEffect, useRef, useState } from "react";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Failure } from "#shared/model/error.ts";
import type { HostRole } from "#shared/model/lab.ts";
import type { HostMend } from "#shared/model/mend.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";

export interface MendState {
  readonly role: HostRole;
  readonly mend: HostMend;
  readonly lines: readonly string[];
  /** `mending`, then `probing` once it has ended; `left`: nobody looks, and it goes on. */
  readonly stage: "mending" | "probing" | "done" | "left";
  readonly ended: { readonly ok: boolean; readonly text: string } | null;
  readonly failure: Failure | null;
}

export interface Mending {
  readonly state: MendState | null;
  readonly running: boolean;
  readonly start: (role: HostRole, mend: HostMend) => Promise<void>;
  /** Looks away; the host is left to finish. */
  readonly leave: () => void;
  readonly close: () => void;
}

const keptLines = 400;

export function useMending(labId: string, onFacts: (facts: LabFacts) => void): Mending {
  const [state, setState] = useState<MendState | null>(null);
  const controller = useRef<AbortController>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const change = (next: (before: MendState) => Partial<MendState>): void =>
    setState((before) => (before === null ? null : { ...before, ...next(before) }));

  const start = async (role: HostRole, mend: HostMend): Promise<void> => {
    const own = new AbortController();
    controller.current = own;
    setState({ role, mend, lines: [], stage: "mending", ended: null, failure: null });
    try {
      for await (const event of await api.labs.mend({ labId, role, mend }, { signal: own.signal })) {
        switch (event.kind) {
          case "line":
            change(({ lines }) => ({ lines: [...lines, event.text].slice(-keptLines) }));
            break;
          case "ended":
            change(() => ({ ended: event, stage: "probing" }));
            break;
          case "probed":
            onFacts(event.facts);
            break;
        }
      }
      change(() => ({ stage: "done" }));
    } catch (error) {
      const left = own.signal.aborted;
      change(() => ({ stage: left ? "left" : "done", failure: left ? null : failureOf(error) }));
    }
  };
  return {
    state,
    running: state?.stage === "mending" || state?.stage === "probing",
    start,
    leave: () => controller.current?.abort(),
    close: () => setState(null),
  };
}
