// The storage wizard: where test data lies, what stands between a program's write and the drive, and what that costs it.
import { useFormContext, useWatch } from "react-hook-form";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import type { CardOption } from "#renderer/wizards/fields/choice-card.tsx";
import { ChoiceCards } from "#renderer/wizards/fields/choice-cards.tsx";
import { CheckField } from "#renderer/wizards/fields/form-fields.tsx";
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import type { Offers } from "../use-offers.ts";
import { CacheMatrix } from "./cache-matrix.tsx";
import { DeviceChooser } from "./device-chooser.tsx";
import { ExpectedWritesView } from "./expected-writes-view.tsx";
import { DurabilityTable, IoPathView } from "./io-path-view.tsx";
import styles from "./storage-step.module.css";

export function StorageStep(props: StepProps) {
  const { index, configuration, facts } = props;
  const { control } = useFormContext<CampaignForm>();
  const environment = useEnvironment(index);
  const id = useWatch({ control, name: `configurations.${index}.id` });
  return (
    <>
      {environment === "kvm" ? <GuestDisk {...props} /> : <TestData {...props} />}
      <Section title="The way of a write">
        {configuration === null ? (
          <p className={styles.quiet}>A field of this configuration cannot be used as it is.</p>
        ) : (
          <>
            <IoPathView configuration={configuration} facts={facts.sut} />
            <DurabilityTable configuration={configuration} />
          </>
        )}
      </Section>
      <Section title="Free space and expected wear">
        <ExpectedWritesView configurationId={id} facts={facts.sut} />
      </Section>
    </>
  );
}

type Texts = readonly (readonly [value: string, title: string, words: string])[];

const nativeKinds: Texts = [
  ["file", "File on the host's file system", "In a folder of Tare's, removed after each session."],
  ["device", "Whole block device", "No file system at all. Everything on the device is overwritten."],
];

const containerKinds: Texts = [
  ["volume", "Volume", "A folder of the host, mounted into the container: the native way."],
  [
    "layer",
    "Container's layer",
    "The container's own file system: what a container without a volume writes to.",
  ],
  ["device", "Whole block device", "Handed into the container. Everything on the device is overwritten."],
];

const formats: Texts = [
  ["raw", "raw", "The image is the disk, byte for byte: nothing to look up."],
  ["qcow2", "qcow2", "An image with tables of its own; it grows as clusters are first written."],
];

function choicesOf(texts: Texts, offers: Offers, field: string): readonly CardOption[] {
  return texts.map(([value, title, words]) => ({ value, title, words, reason: offers(field, value) }));
}

function TestData({ index, lab, facts, offers }: StepProps) {
  const { control } = useFormContext<CampaignForm>();
  const environment = useEnvironment(index);
  const kind = useWatch({ control, name: `configurations.${index}.storage.kind` });
  return (
    <Section title="Test data">
      <div className={styles.parts}>
        <ChoiceCards
          name={`configurations.${index}.storage.kind`}
          label="Where fio and databases write"
          options={choicesOf(environment === "native" ? nativeKinds : containerKinds, offers, "storage.kind")}
        />
        {kind === "device" ? <DeviceChooser index={index} lab={lab} facts={facts.sut} /> : null}
      </div>
    </Section>
  );
}

function GuestDisk({ index, configuration, lab, facts, offers }: StepProps) {
  const prefix = `configurations.${index}.storage` as const;
  return (
    <>
      <Section title="Guest's disk">
        <div className={styles.parts}>
          <ChoiceCards
            name={`${prefix}.format`}
            label="Image"
            options={choicesOf(formats, offers, "storage.format")}
          />
          <CacheMatrix index={index} configuration={configuration} facts={facts.sut} />
          <CheckField
            name={`${prefix}.ioThread`}
            label="I/O thread of its own"
            description="The disks are served by one thread that does nothing else, not by QEMU's main loop."
          />
        </div>
      </Section>
      <Section title="Second disk for fio's data">
        <DeviceChooser
          index={index}
          lab={lab}
          facts={facts.sut}
          none="None: test data lies on the guest's disk"
        />
      </Section>
    </>
  );
}
