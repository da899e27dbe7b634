// One host of a lab: how it is reached, how root work is done there, where benchmark traffic goes.
import { Checkbox, Radio, TextInput } from "@mantine/core";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import type { Facts } from "#shared/model/facts.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { fieldError } from "#renderer/components/field-error.ts";
import { Section } from "#renderer/components/section.tsx";
import { AddressChoices } from "./address-choices.tsx";
import { EndpointFields } from "./endpoint-fields.tsx";
import { SshConfigPicker } from "./ssh-config-picker.tsx";
import type { LabForm } from "./lab-form.ts";
import { roleTitle } from "#renderer/format/role-title.ts";
import styles from "./lab-fields.module.css";

interface HostFieldsProps {
  readonly host: HostRole;
  /** What the last probe saw there. */
  readonly facts: Facts | null;
}

export function HostFields({ host, facts }: HostFieldsProps) {
  const { register, control, formState } = useFormContext<LabForm>();
  const throughJump = useWatch({ control, name: `${host}.throughJump` });
  return (
    <Section title={roleTitle[host]} aside={<SshConfigPicker host={host} />}>
      <div className={styles.fields}>
        <EndpointFields prefix={host} />
        <Controller
          control={control}
          name={`${host}.throughJump`}
          render={({ field: { value, ...field } }) => (
            <Checkbox label="Reached through a jump host" checked={value} {...field} />
          )}
        />
        {throughJump ? (
          <fieldset className={styles.jump}>
            <legend>Jump host</legend>
            <EndpointFields prefix={`${host}.jump`} />
          </fieldset>
        ) : null}
        <Controller
          control={control}
          name={`${host}.become`}
          render={({ field }) => (
            <Radio.Group label="Work that needs root" {...field}>
              <div className={styles.radios}>
                <Radio value="root" label="The account is root" />
                <Radio value="sudo" label="Through sudo -n, without a password" />
              </div>
            </Radio.Group>
          )}
        />
        <div className={styles.pair}>
          <TextInput
            label="Data address"
            description="Where benchmark traffic goes"
            placeholder="192.0.2.1"
            spellCheck={false}
            {...register(`${host}.dataAddress`)}
            error={fieldError(formState.errors, `${host}.dataAddress`)}
          />
          <TextInput
            label="Data interface"
            description="Empty: found by the address"
            placeholder="enp65s0f0"
            spellCheck={false}
            {...register(`${host}.dataInterface`)}
            error={fieldError(formState.errors, `${host}.dataInterface`)}
          />
        </div>
        <AddressChoices host={host} facts={facts} />
      </div>
    </Section>
  );
}
