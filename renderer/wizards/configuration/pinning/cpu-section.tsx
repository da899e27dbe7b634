// CPUs of the configuration: usual choices, the lists as text, and the machine to choose on; all of them are one truth.
import { Button } from "@mantine/core";
import { useDeferredValue, useMemo, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { useSearchParams } from "wouter";
import { cpuChoices } from "#shared/environments/cpu-choices.ts";
import { dataNics } from "#shared/environments/data-nics.ts";
import { formatCpuList, parseCpuList } from "#shared/facts/cpu-list.ts";
import { machineTree } from "#shared/facts/machine-tree.ts";
import type { Facts } from "#shared/model/facts.ts";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { toConfigurationForm } from "../configuration-form.ts";
import type { StepProps } from "../step-props.ts";
import { ChoiceRow } from "./choice-row.tsx";
import { cpuMarks } from "./cpu-marks.ts";
import { interruptSuggestion } from "./interrupt-suggestion.ts";
import { MachineMap } from "./machine-map.tsx";
import { MapKey } from "./map-key.tsx";
import { layoutOfTree } from "./map-kin.ts";
import { PinFields } from "./pin-fields.tsx";
import { pinTargets, targetOfField, targetsFor, type PinTarget } from "./pin-target.ts";
import { offeredChoices } from "./offered-choices.ts";
import type { Selection } from "./selection.ts";
import { useCpuList } from "./use-cpu-list.ts";
import { useFieldWriter } from "./use-field-writer.ts";
import type { HowChosen } from "./use-map-selection.ts";
import { VcpuPinning } from "./vcpu-pinning.tsx";
import { readPins, withPin } from "./vcpu-pins.ts";
import styles from "./pinning-step.module.css";

export function CpuSection(props: StepProps) {
  const { facts, index, offers } = props;
  const { control } = useFormContext<CampaignForm>();
  const guest = useWatch({ control, name: `configurations.${index}.environment` }) === "kvm";
  if (facts.sut !== null) return <MapSection {...props} sut={facts.sut} guest={guest} />;
  return (
    <Section title="Machine">
      <p className={styles.sentence}>
        The SUT was never probed, so its machine cannot be drawn: CPUs are given as lists.
      </p>
      <PinFields
        index={index}
        targets={targetsFor(guest)}
        target={null}
        onTarget={() => undefined}
        reasonOf={(target) => offers(pinTargets[target].field)}
      />
    </Section>
  );
}

interface MapSectionProps extends StepProps {
  readonly sut: Facts;
  readonly guest: boolean;
}

function MapSection({ index, configuration, lab, sut, guest, offers }: MapSectionProps) {
  const { control } = useFormContext<CampaignForm>();
  const { write, undo } = useFieldWriter(index);
  const [search] = useSearchParams();
  const pinning = useWatch({ control, name: `configurations.${index}.pinning` });
  const machine = useWatch({ control, name: `configurations.${index}.machine` });
  const [wanted, setTarget] = useState<PinTarget>(() => targetOfField(search.get("field")) ?? "cpus");
  const [vcpuWanted, setVcpu] = useState(0);
  const data = useMemo(() => dataNics(lab, sut), [lab, sut]);
  const tree = useMemo(() => machineTree(sut, data), [sut, data]);
  const layout = useMemo(() => layoutOfTree(tree), [tree]);
  // What a choice would give is worked out after the click that it does not concern is drawn.
  const settled = useDeferredValue(configuration);
  const choices = useMemo(() => (settled === null ? [] : cpuChoices(settled, sut, lab)), [settled, sut, lab]);

  const target = !guest && pinTargets[wanted].guest ? "cpus" : wanted;
  const vcpus = countOf(machine.vcpus);
  const vcpu = Math.min(vcpuWanted, Math.max(vcpus - 1, 0));
  const texts: Readonly<Record<PinTarget, string>> = {
    cpus: pinning.cpus,
    nicIrqs: pinning.nicIrqs,
    vcpus: machine.vcpuPins,
    emulator: machine.emulatorPin,
    ioThread: machine.ioThreadPin,
  };
  const cpus = useCpuList(pinning.cpus, "cpus");
  const usable = useMemo(
    () => (cpus.cpus.size === 0 ? (parseCpuList(sut.cpu.online) ?? []) : [...cpus.cpus]),
    [cpus.cpus, sut.cpu.online],
  );
  const pins = useMemo(() => readPins(machine.vcpuPins), [machine.vcpuPins]);
  const vcpuText = shownPin(texts.vcpus, vcpu, usable);
  const own = useCpuList(target === "vcpus" ? vcpuText : texts[target], `${target} ${vcpu}`);
  const marks = useMemo(
    () => cpuMarks({ guest, pins, usable, emulator: machine.emulatorPin, ioThread: machine.ioThreadPin }),
    [guest, pins, usable, machine.emulatorPin, machine.ioThreadPin],
  );

  const set = (text: string, continued = false): void =>
    write({ [pinTargets[target].field]: text }, continued);
  const choose = (selection: Selection, { continued, pointed }: HowChosen): void => {
    const list = formatCpuList(selection);
    if (target !== "vcpus") return set(list, continued);
    set(withPin(texts.vcpus, { vcpus, usable }, vcpu, list), continued);
    if (pointed && selection.size === 1) setVcpu(Math.min(vcpu + 1, vcpus - 1));
  };
  const mapName = target === "vcpus" ? `CPUs of vCPU ${vcpu}` : pinTargets[target].map;
  const suggestion = interruptSuggestion(tree, data, cpus.cpus);
  const reasonOf = (each: PinTarget): string | null =>
    offers(pinTargets[each].field) ?? (each === "nicIrqs" && data.length === 0 ? suggestion.reason : null);

  return (
    <Section
      title="Machine"
      aside={<span role="status">{statusText(mapName, target, own.cpus, own.stale, sut)}</span>}
    >
      <div className={styles.parts}>
        <ChoiceRow
          label="Usual choices"
          choices={offeredChoices(
            choices.filter(({ name }) => name !== "threads"),
            configuration,
          )}
          onChoose={(name) => {
            if (configuration === null) return;
            const chosen = cpuChoices(configuration, sut, lab).find((choice) => choice.name === name)?.chosen;
            if (chosen === undefined || chosen === null) return;
            const next = toConfigurationForm({
              ...configuration,
              ...(chosen.machine === null ? {} : { machine: chosen.machine }),
              pinning: chosen.pinning,
            });
            write({
              pinning: next.pinning,
              ...(chosen.machine === null ? {} : { machine: next.machine }),
            });
          }}
        />
        <PinFields
          index={index}
          targets={targetsFor(guest)}
          target={target}
          onTarget={setTarget}
          reasonOf={reasonOf}
        />
        {target === "nicIrqs" ? (
          <ChoiceRow
            label="Interrupts of the data interface"
            wide
            choices={[
              {
                name: "near-nic",
                title: "Next to the NIC",
                reason: suggestion.reason,
                chosen: suggestion.cpus !== null && suggestion.cpus === pinning.nicIrqs,
                refused: suggestion.cpus === null || reasonOf("nicIrqs") !== null,
              },
            ]}
            onChoose={() => set(suggestion.cpus ?? "")}
          />
        ) : null}
        {target === "vcpus" ? (
          <VcpuPinning
            vcpus={vcpus}
            machine={machine}
            pins={pins}
            usable={usable}
            layout={layout}
            current={vcpu}
            onCurrent={setVcpu}
            text={vcpuText}
            onText={(list) => set(withPin(texts.vcpus, { vcpus, usable }, vcpu, list))}
            onPins={set}
          />
        ) : null}
        <MachineMap
          tree={tree}
          layout={layout}
          label={mapName}
          selection={own.cpus}
          usable={target === "cpus" || cpus.cpus.size === 0 ? null : cpus.cpus}
          marks={marks}
          stale={own.stale}
          single={target === "vcpus"}
          onChoose={choose}
          onUndo={() => undo?.()}
        />
        <div className={styles.below}>
          <MapKey tree={tree} marked={marks.size > 0} usable={target !== "cpus" && cpus.cpus.size > 0} />
          <span className={styles.acts}>
            <Button variant="default" size="compact-xs" disabled={undo === null} onClick={() => undo?.()}>
              Undo
            </Button>
            <Button
              variant="default"
              size="compact-xs"
              disabled={own.cpus.size === 0 && !own.stale}
              onClick={() => choose(new Set(), { continued: false, pointed: false })}
            >
              Clear
            </Button>
          </span>
        </div>
      </div>
    </Section>
  );
}

/** The list of one vCPU; empty where it is not pinned beyond the guest's CPUs. */
function shownPin(text: string, vcpu: number, usable: readonly number[]): string {
  const word = text.split(/\s+/).filter((each) => each !== "")[vcpu] ?? "";
  return word === formatCpuList(usable) ? "" : word;
}

/** Number of vCPUs to draw: what is typed, as far as it is one. */
function countOf(text: string): number {
  const count = /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : 0;
  return Math.min(count, 1024);
}

function statusText(
  name: string,
  target: PinTarget,
  cpus: Selection,
  stale: boolean,
  { cpu }: Facts,
): string {
  if (stale) return "The text is no CPU list; the map shows the last one that was.";
  if (cpus.size === 0) return `${name}: ${pinTargets[target].empty}`;
  return `${name}: ${cpus.size} of ${cpu.threads}`;
}
