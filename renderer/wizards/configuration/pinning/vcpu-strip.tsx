// The vCPUs of a guest at their places in it, each with the host's CPUs that it is pinned to; one of them is being pinned.
import type { KeyboardEvent } from "react";
import { isAll, placeOfVcpu, type GuestTopology, type VcpuPins } from "./vcpu-pins.ts";
import { formatCpuList } from "#shared/facts/cpu-list.ts";
import styles from "./vcpu-strip.module.css";

interface VcpuStripProps {
  readonly vcpus: number;
  readonly topology: GuestTopology;
  readonly pins: VcpuPins;
  readonly usable: readonly number[];
  readonly current: number;
  readonly onCurrent: (vcpu: number) => void;
}

export function VcpuStrip({ vcpus, topology, pins, usable, current, onCurrent }: VcpuStripProps) {
  const keyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const target = {
      ArrowLeft: current - 1,
      ArrowUp: current - 1,
      ArrowRight: current + 1,
      ArrowDown: current + 1,
      Home: 0,
      End: vcpus - 1,
    }[event.key];
    if (target === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = Math.min(Math.max(target, 0), vcpus - 1);
    onCurrent(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-vcpu="${next}"]`)?.focus();
  };
  const numbers = Array.from({ length: vcpus }, (_, vcpu) => vcpu);
  const places = numbers.map((vcpu) => ({ vcpu, place: placeOfVcpu(vcpu, topology) }));
  const sockets = [...Map.groupBy(places, ({ place }) => place.socket)];
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- The radios inside take the focus.
    <div className={styles.strip} role="radiogroup" aria-label="vCPU to pin" onKeyDown={keyDown}>
      {sockets.map(([socket, of]) => (
        <div key={socket} className={styles.socket}>
          {sockets.length > 1 ? <span className={styles.head}>{`socket ${socket}`}</span> : null}
          {[...Map.groupBy(of, ({ place }) => place.core)].map(([core, threads]) => (
            <div key={core} className={styles.core}>
              {threads.map(({ vcpu, place }) => {
                const cpus = pins[vcpu];
                const text = pinText(cpus, usable);
                return (
                  <button
                    key={vcpu}
                    type="button"
                    role="radio"
                    className={styles.vcpu}
                    data-vcpu={vcpu}
                    data-pinned={text !== "any" || undefined}
                    aria-checked={vcpu === current}
                    tabIndex={vcpu === current ? 0 : -1}
                    aria-label={`vCPU ${vcpu}, socket ${place.socket}, core ${place.core}, thread ${place.thread}: ${
                      text === "any" ? "on any of the CPUs" : `on CPU ${text}`
                    }`}
                    onClick={() => onCurrent(vcpu)}
                  >
                    <span className={styles.number}>{`v${vcpu}`}</span>
                    <span className={styles.cpus}>{text}</span>
                  </button>
                );
              })}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function pinText(cpus: readonly number[] | null | undefined, usable: readonly number[]): string {
  if (cpus === null) return "?";
  return cpus === undefined || isAll(cpus, usable) ? "any" : formatCpuList(cpus);
}
