// Every step of the plan with its exact commands; only the steps in sight are drawn.
import { Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import type { DryStep } from "#shared/contract/campaigns.ts";
import { CommandText } from "#renderer/components/command-text.tsx";
import { countText, durationText } from "#shared/report/number.ts";
import { sessionKey } from "./plan-timeline.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import styles from "./steps-list.module.css";

interface StepsListProps {
  readonly steps: readonly DryStep[];
  readonly looks: ReadonlyMap<string, SlotStyle>;
  readonly session: string | null;
  readonly onSession: (session: string | null) => void;
}

interface TimedStep {
  readonly number: number;
  /** Seconds from the start of the campaign. */
  readonly at: number;
  readonly step: DryStep;
}

export function StepsList({ steps, looks, session, onSession }: StepsListProps) {
  const [text, setText] = useState("");
  const [kind, setKind] = useState("");
  const [machine, setMachine] = useState("");
  const timed = useMemo(() => withTimes(steps), [steps]);
  const shown = useMemo(
    () =>
      timed.filter(
        ({ step }) =>
          (kind === "" || step.kind === kind) &&
          (machine === "" || step.machine === machine) &&
          (session === null || sessionKey(step) === session) &&
          containsAll(step, text),
      ),
    [timed, kind, machine, session, text],
  );
  const sessions = useMemo(() => sessionOptions(steps, looks), [steps, looks]);

  return (
    <section className={styles.steps} aria-label="Steps">
      <div className={styles.tools}>
        <TextInput
          className={styles.search}
          aria-label="Filter the steps by text"
          placeholder="Filter by title or command"
          leftSection={<IconSearch size={14} stroke={1.6} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          aria-label="Kind of step"
          data={options(
            "Any kind",
            steps.map((step) => step.kind),
          )}
          value={kind}
          onChange={(value) => setKind(value ?? "")}
        />
        <Select
          aria-label="Machine"
          data={options(
            "Any machine",
            steps.map((step) => step.machine),
          )}
          value={machine}
          onChange={(value) => setMachine(value ?? "")}
        />
        <Select
          aria-label="Session"
          data={sessions}
          value={session ?? ""}
          searchable
          onChange={(value) => onSession(value === null || value === "" ? null : value)}
        />
        <output className={styles.count}>
          {shown.length === steps.length
            ? countText(steps.length, "step")
            : `${shown.length} of ${countText(steps.length, "step")}`}
        </output>
      </div>
      <Steps shown={shown} looks={looks} />
    </section>
  );
}

interface StepsProps {
  readonly shown: readonly TimedStep[];
  readonly looks: ReadonlyMap<string, SlotStyle>;
}

function Steps({ shown, looks }: StepsProps) {
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 72,
    getItemKey: (index) => shown[index]?.number ?? index,
    overscan: 8,
  });
  return (
    <section className={styles.scroller} ref={scroller} tabIndex={0} aria-label="List of steps">
      {shown.length === 0 ? <p className={styles.none}>No step matches.</p> : null}
      <ol className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const entry = shown[item.index];
          if (entry === undefined) return null;
          return (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={styles.item}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-setsize={shown.length}
              aria-posinset={item.index + 1}
            >
              <StepRow entry={entry} look={looks.get(entry.step.slot ?? "")} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function StepRow({ entry, look }: { readonly entry: TimedStep; readonly look: SlotStyle | undefined }) {
  const { number, at, step } = entry;
  return (
    <div className={styles.row}>
      <span className={styles.number}>{number}</span>
      <span className={styles.at}>+{clockText(at)}</span>
      <span className={styles.kind}>{step.kind}</span>
      <span className={styles.machine}>{step.machine}</span>
      <div className={styles.what}>
        <div className={styles.title}>
          {step.title}
          {look === undefined ? null : (
            <span className={styles.slot}>
              <span className={styles.swatch} style={{ background: look.color }} aria-hidden />
              {look.label}
              {step.block === null ? "" : `, block ${step.block}`}
            </span>
          )}
        </div>
        {step.commands.length === 0 ? null : <CommandText text={step.commands.join("\n")} />}
      </div>
      <span className={styles.seconds}>{durationText(step.seconds)}</span>
    </div>
  );
}

function withTimes(steps: readonly DryStep[]): readonly TimedStep[] {
  let at = 0;
  return steps.map((step, index) => {
    const entry = { number: index + 1, at, step };
    at += step.seconds;
    return entry;
  });
}

function containsAll(step: DryStep, text: string): boolean {
  if (text.trim() === "") return true;
  const haystack = [step.title, step.runId ?? "", ...step.commands].join("\n").toLowerCase();
  return text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

function options(any: string, values: readonly string[]) {
  return [{ value: "", label: any }, ...[...new Set(values)].map((value) => ({ value, label: value }))];
}

function sessionOptions(steps: readonly DryStep[], looks: ReadonlyMap<string, SlotStyle>) {
  const found = new Map<string, string>();
  for (const { block, slot } of steps)
    if (block !== null && slot !== null)
      found.set(sessionKey({ block, slot }), `Block ${block}, ${looks.get(slot)?.label ?? slot}`);
  return [{ value: "", label: "Any session" }, ...[...found].map(([value, label]) => ({ value, label }))];
}

const two = (value: number) => String(value).padStart(2, "0");

/** `0:07`, `12:30`, `1:02:30`. */
function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}
