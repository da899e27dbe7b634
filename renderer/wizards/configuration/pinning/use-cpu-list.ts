// A CPU list as it is typed, as the set that the map shows; while the text is none, the last one that was.
import { useMemo, useState } from "react";
import { parseCpuList } from "#shared/facts/cpu-list.ts";
import type { Selection } from "./selection.ts";

interface CpuList {
  readonly cpus: Selection;
  /** The text is no CPU list now. */
  readonly stale: boolean;
}

/** `of`: what the list is of; the last valid list of another is not shown in its place. */
export function useCpuList(text: string, of: string): CpuList {
  const parsed = useMemo(() => {
    const cpus = parseCpuList(text);
    return cpus === null ? null : new Set(cpus);
  }, [text]);
  const [last, setLast] = useState<{ readonly of: string; readonly cpus: Selection }>({
    of,
    cpus: parsed ?? new Set(),
  });
  if (parsed !== null && (last.cpus !== parsed || last.of !== of)) setLast({ of, cpus: parsed });
  return { cpus: parsed ?? (last.of === of ? last.cpus : new Set()), stale: parsed === null };
}
