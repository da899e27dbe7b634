// What both hosts of a lab share: its name, how guests join the network, where the userland comes from.
import { Radio, TextInput } from "@mantine/core";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import type { LabFacts } from "#shared/contract/labs.ts";
import { guestAddressOffer } from "#shared/plan/lab-suggestions.ts";
import { fieldError } from "#renderer/components/field-error.ts";
import { Section } from "#renderer/components/section.tsx";
import type { LabForm } from "./lab-form.ts";
import styles from "./lab-fields.module.css";
import choices from "./address-choices.module.css";

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

export function GuestFields({ facts }: { readonly facts: LabFacts | null }) {
  const { register, formState } = useFormContext<LabForm>();
  return (
    <Section title="Guests">
      <div className={styles.fields}>
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
        <GuestAddressChoice facts={facts} />
      </div>
    </Section>
  );
}

/** An address of the data network that neither host has; that no other machine has it is for a person to know. */
function GuestAddressChoice({ facts }: { readonly facts: LabFacts | null }) {
  const { control, setValue } = useFormContext<LabForm>();
  const [sutAddress, address] = useWatch({ control, name: ["sut.dataAddress", "guest.address"] });
  const offer = facts === null ? null : guestAddressOffer(sutAddress.trim(), facts);
  if (offer === null) return null;
  return (
    <fieldset className={choices.choices}>
      <legend>
        In the network of the data address, and of neither host. Whether another machine has it was not asked.
      </legend>
      <button
        type="button"
        className={choices.choice}
        aria-pressed={address.trim() === offer}
        onClick={() =>
          setValue("guest.address", offer, { shouldDirty: true, shouldTouch: true, shouldValidate: true })
        }
      >
        <code>{offer}</code>
      </button>
    </fieldset>
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
