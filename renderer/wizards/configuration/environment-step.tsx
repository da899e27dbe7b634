// What the configuration is, how it is called, and the virtual machine itself where it is one.
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import { Section } from "#renderer/components/section.tsx";
import { SelectField, TextField, Axis } from "#renderer/wizards/fields/form-fields.tsx";
import { GuestMemory } from "./guest-memory.tsx";
import { StartAgain } from "./start-again.tsx";
import type { StepProps } from "./step-props.ts";
import { offered } from "./use-offers.ts";
import { useEnvironment } from "./use-environment.ts";
import styles from "./environment-step.module.css";

const sentences = {
  native:
    "Programs run on the host itself, in the same userland tree that containers and guests get, so that only the environment differs.",
  docker:
    "Programs run in a container that Docker Engine makes of the same userland; it shares the host’s kernel.",
  kvm: "Programs run in a virtual machine that libvirt makes, with a disk of the same userland and a kernel of its own.",
} as const;

export function EnvironmentStep({ index, offers, facts }: StepProps) {
  const environment = useEnvironment(index);
  const machine = `configurations.${index}.machine` as const;
  const kvm = facts.sut?.kvm;
  return (
    <Section title="Environment">
      <p className={styles.about}>
        <EnvironmentChip environment={environment} />
        <span>{sentences[environment]}</span>
      </p>
      <div className={styles.axes}>
        <Axis title="Configuration">
          <TextField
            name={`configurations.${index}.label`}
            label="Label"
            description="In tables and figures"
            wide
          />
        </Axis>
        {environment === "kvm" ? (
          <Axis title="Virtual machine" wide>
            <GuestMemory index={index} facts={facts.sut} />
            <div>
              <SelectField
                name={`${machine}.accelerator`}
                label="Accelerator"
                description="Emulation is marked wherever it shows"
                data={offered(offers, "machine.accelerator", [
                  ["auto", "KVM if usable, else emulation"],
                  ["kvm", "KVM"],
                  ["tcg", "emulation (TCG)"],
                ])}
              />
              {kvm === undefined ? null : <p className={styles.state}>{acceleratorText(kvm)}</p>}
            </div>
          </Axis>
        ) : null}
        <StartAgain index={index} facts={facts.sut} />
      </div>
    </Section>
  );
}

/** What the facts say about /dev/kvm. */
function acceleratorText({
  present,
  usable,
  reason,
}: {
  readonly present: boolean;
  readonly usable: boolean | null;
  readonly reason: string;
}): string {
  const why = reason.trim() === "" ? "" : ` (${reason.trim()})`;
  if (usable === true) return "/dev/kvm is usable: a probe guest ran.";
  if (!present) return `There is no /dev/kvm${why}: the guest is emulated.`;
  if (usable === false) return `/dev/kvm cannot be used${why}: the guest is emulated.`;
  return `/dev/kvm is there; a probe guest tells at the campaign’s start whether it works${why}.`;
}
