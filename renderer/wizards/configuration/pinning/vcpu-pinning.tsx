// vCPUs to host CPUs: which vCPU the map pins, its list as text, and pins for all of them at once.
import { Button, TextInput } from "@mantine/core";
import { VcpuStrip } from "./vcpu-strip.tsx";
import type { MachineForm } from "../machine-form.ts";
import type { CpuLayout } from "./selection.ts";
import { onePinEach, type GuestTopology, type VcpuPins } from "./vcpu-pins.ts";
import styles from "./pinning-step.module.css";

interface VcpuPinningProps {
  readonly vcpus: number;
  readonly machine: MachineForm;
  readonly pins: VcpuPins;
  /** CPUs of the guest. */
  readonly usable: readonly number[];
  readonly layout: CpuLayout;
  readonly current: number;
  readonly onCurrent: (vcpu: number) => void;
  /** List of the current vCPU as it is typed. */
  readonly text: string;
  readonly onText: (list: string) => void;
  /** The whole text of all pins. */
  readonly onPins: (text: string) => void;
}

export function VcpuPinning(props: VcpuPinningProps) {
  const { vcpus, machine, pins, usable, layout, current, onCurrent, text, onText, onPins } = props;
  if (vcpus === 0) return <p className={styles.sentence}>The guest has no vCPUs yet: give their number.</p>;
  const own = new Set(usable);
  const ascending = usable.toSorted((a, b) => a - b);
  const byCore = layout.cores.flatMap((cpus) => cpus.filter((cpu) => own.has(cpu)));
  const lack =
    usable.length < vcpus ? `${vcpus} vCPUs and ${usable.length} CPUs: they cannot have one each.` : null;
  return (
    <div className={styles.vcpus}>
      <VcpuStrip
        vcpus={vcpus}
        topology={shapeOf(machine, vcpus)}
        pins={pins}
        usable={usable}
        current={current}
        onCurrent={onCurrent}
      />
      <div className={styles.acts}>
        <TextInput
          aria-label={`CPUs of vCPU ${current}`}
          leftSection={<span className={styles.lead}>{`v${current}`}</span>}
          placeholder="any"
          value={text}
          spellCheck={false}
          autoComplete="off"
          className={styles.pin}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={lack !== null}
          onClick={() => onPins(onePinEach(vcpus, ascending))}
        >
          One each, by number
        </Button>
        <Button variant="default" disabled={lack !== null} onClick={() => onPins(onePinEach(vcpus, byCore))}>
          One each, siblings together
        </Button>
        <Button variant="default" disabled={machine.vcpuPins.trim() === ""} onClick={() => onPins("")}>
          Not pinned
        </Button>
        {lack === null ? null : <span className={styles.reason}>{lack}</span>}
      </div>
    </div>
  );
}

/** The guest's topology as it is typed; one socket of single-thread cores until it is whole. */
function shapeOf({ topology }: MachineForm, vcpus: number): GuestTopology {
  const [sockets = 0, cores = 0, threads = 0] = [topology.sockets, topology.cores, topology.threads].map(
    Number,
  );
  return sockets * cores * threads === vcpus
    ? { sockets, cores, threads }
    : { sockets: 1, cores: vcpus, threads: 1 };
}
