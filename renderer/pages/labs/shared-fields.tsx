// What both hosts of a lab share: its name, how guests join the network, where the userland comes from.
import { Radio, TextInput } from "@mantine/core";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { fieldError } from "#renderer/components/field-error.ts";
import { Section } from "#renderer/components/section.tsx";
import type { LabForm } from "./lab-form.ts";
import styles from "./lab-page.module.css";

export function NameFields() {
  const { register, formState } = useFormContext<LabForm>();
  return (
    <TextInput
      className={styles.name}
      label="Name"
      description="How this pair of machines is called in Tare"
      {...register("name")}
      error={fieldError(formState.errors, "name")}
    />
  );
}

export function GuestFields() {
  const { register, formState } = useFormContext<LabForm>();
  return (
    <Section title="Guests">
      <div className={styles.pair}>
        <TextInput
          label="Guest address"
          description="A free address of the data network, with prefix length"
          placeholder="192.0.2.65/24"
          spellCheck={false}
          {...register("guest.address")}
          error={fieldError(formState.errors, "guest.address")}
        />
        <TextInput
          label="Bridge"
          description="Empty: Tare makes one and undoes it"
          placeholder="br0"
          spellCheck={false}
          {...register("guest.bridge")}
          error={fieldError(formState.errors, "guest.bridge")}
        />
      </div>
    </Section>
  );
}

export function UserlandFields() {
  const { register, control, formState } = useFormContext<LabForm>();
  const kind = useWatch({ control, name: "userland.kind" });
  return (
    <Section title="Userland">
      <div className={styles.fields}>
        <Controller
          control={control}
          name="userland.kind"
          render={({ field }) => (
            <Radio.Group
              label="Root file system of all environments"
              description="Native, Docker and KVM run the same programs from it."
              {...field}
            >
              <div className={styles.radios}>
                <Radio value="build" label="Built on the system under test, of its own release" />
                <Radio value="archive" label="A tar archive that is there already" />
              </div>
            </Radio.Group>
          )}
        />
        {kind === "archive" ? (
          <TextInput
            label="Archive"
            description="Absolute path on the system under test"
            placeholder="/srv/userland.tar"
            spellCheck={false}
            {...register("userland.path")}
            error={fieldError(formState.errors, "userland.path")}
          />
        ) : null}
      </div>
    </Section>
  );
}
