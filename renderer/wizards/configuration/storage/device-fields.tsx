// A block device for test data: chosen among those of the SUT, confirmed by typing its serial number.
import { useFormContext, useWatch } from "react-hook-form";
import { deviceOffers } from "#shared/environments/offers.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { SelectField, TextField, type FieldOption } from "#renderer/wizards/fields/form-fields.tsx";
import styles from "#renderer/wizards/fields/form-fields.module.css";

interface DeviceFieldsProps {
  readonly index: number;
  readonly facts: Facts | null;
  /** The first option, where the device may be left out. */
  readonly none?: string;
}

export function DeviceFields({ index, facts, none }: DeviceFieldsProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}.storage.device` as const;
  const path = useWatch({ control, name: `${prefix}.path` });
  return (
    <div className={styles.device}>
      {path === "" && none !== undefined ? null : (
        <p className={styles.deviceText}>
          Everything on the device is overwritten. Right before that, the SUT is asked whether anything uses
          it and whether the serial number is the one that is typed here; else the device is not touched.
        </p>
      )}
      {facts === null ? (
        <TextField
          name={`${prefix}.path`}
          label="Block device"
          description="Path on the system under test"
          placeholder="/dev/nvme1n1"
        />
      ) : (
        <SelectField
          name={`${prefix}.path`}
          label="Block device"
          description={`Of ${facts.hostname}, as it was probed`}
          data={deviceOptions(facts, path, none)}
        />
      )}
      {path === "" && none !== undefined ? null : (
        <TextField
          name={`${prefix}.serial`}
          label="Serial number, typed"
          description="Confirms that this device is meant"
        />
      )}
    </div>
  );
}

/** A path that the facts do not list, such as /dev/disk/by-id/…, stays choosable where it was given. */
function deviceOptions(facts: Facts, path: string, none: string | undefined): readonly FieldOption[] {
  const offers = deviceOffers(facts).map(({ path: value, text, serial, reason }): FieldOption => ({
    value,
    label: `${value}: ${text}${serial === null ? "" : `, serial ${serial}`}`,
    reason,
  }));
  const known = path === "" || offers.some(({ value }) => value === path);
  return [
    ...(none === undefined ? [] : [{ value: "", label: none }]),
    ...(known ? [] : [{ value: path, label: path }]),
    ...offers,
  ];
}
