// The storage wizard: where test data lies, and what stands between a program's write and the disk.
import { useFormContext, useWatch } from "react-hook-form";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { Axis, CheckField, SelectField } from "#renderer/wizards/fields/form-fields.tsx";
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import { offered } from "../use-offers.ts";
import { DeviceFields } from "./device-fields.tsx";

export function StorageStep(props: StepProps) {
  const environment = useEnvironment(props.index);
  return (
    <Section title="Storage">
      {environment === "kvm" ? <GuestDisk {...props} /> : <TestData {...props} />}
    </Section>
  );
}

function TestData({ index, facts, offers }: StepProps) {
  const { control } = useFormContext<CampaignForm>();
  const environment = useEnvironment(index);
  const kind = useWatch({ control, name: `configurations.${index}.storage.kind` });
  return (
    <Axis title="Test data">
      <SelectField
        name={`configurations.${index}.storage.kind`}
        label="Test data"
        description="Where fio and databases write"
        data={offered(
          offers,
          "storage.kind",
          environment === "native"
            ? [
                ["file", "file on the host's file system"],
                ["device", "whole block device"],
              ]
            : [
                ["volume", "volume: a folder of the host"],
                ["layer", "layer: the container's own file system"],
                ["device", "whole block device of the host"],
              ],
        )}
      />
      {kind === "device" ? <DeviceFields index={index} facts={facts.sut} /> : null}
    </Axis>
  );
}

function GuestDisk({ index, facts, offers }: StepProps) {
  const prefix = `configurations.${index}.storage` as const;
  return (
    <>
      <Axis title="Guest's disk">
        <SelectField
          name={`${prefix}.format`}
          label="Disk format"
          description="Image"
          data={offered(offers, "storage.format", [
            ["raw", "raw"],
            ["qcow2", "qcow2"],
          ])}
        />
        <SelectField
          name={`${prefix}.cache`}
          label="Disk cache"
          description="Of the host"
          data={(["none", "writeback", "writethrough", "directsync", "unsafe"] as const).map((value) => ({
            value,
            label: value,
            reason: offers("storage.cache", value),
          }))}
        />
        <SelectField
          name={`${prefix}.io`}
          label="Disk I/O"
          description="Asynchronous by"
          data={offered(offers, "storage.io", [
            ["native", "native"],
            ["threads", "threads"],
            ["io_uring", "io_uring"],
          ])}
        />
        <CheckField
          name={`${prefix}.ioThread`}
          label="I/O thread"
          description="The disk has a thread of its own"
        />
      </Axis>
      <Axis title="Second disk">
        <DeviceFields index={index} facts={facts.sut} none="none: test data lies on the guest's disk" />
      </Axis>
    </>
  );
}
