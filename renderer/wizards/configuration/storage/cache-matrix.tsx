// Cache mode and I/O mode of a guest's disk as one choice: rows that say what a completed write means, columns that say how it is handed over.
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { reasonAgainst } from "#shared/environments/offers.ts";
import {
  cacheModes,
  ioModeReason,
  ioModes,
  type CacheMode,
  type IoMode,
} from "#shared/environments/io-modes.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { fieldError } from "#renderer/components/field-error.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { FieldFindings } from "#renderer/wizards/fields/field-findings.tsx";
import styles from "./cache-matrix.module.css";

interface CacheMatrixProps {
  readonly index: number;
  readonly configuration: Configuration | null;
  readonly facts: Facts | null;
}

export function CacheMatrix({ index, configuration, facts }: CacheMatrixProps) {
  const { control, formState, setValue } = useFormContext<CampaignForm>();
  const cacheName = `configurations.${index}.storage.cache` as const;
  const ioName = `configurations.${index}.storage.io` as const;
  const cache = useWatch({ control, name: cacheName });
  const wrong = fieldError(formState.errors, ioName) ?? fieldError(formState.errors, cacheName);
  const choose = (toCache: CacheMode, toIo: IoMode): void => {
    setValue(cacheName, toCache, { shouldDirty: true, shouldTouch: true });
    setValue(ioName, toIo, { shouldDirty: true, shouldTouch: true, shouldValidate: true });
  };
  return (
    <Controller
      control={control}
      name={ioName}
      render={({ field: { value: io, ref, onBlur } }) => (
        <fieldset className={styles.modes} data-field={cacheName}>
          <legend>Cache and I/O mode</legend>
          <table className={styles.matrix}>
            <thead>
              <tr>
                <th scope="col">Host&apos;s cache</th>
                <th scope="col">When a write of the guest is complete</th>
                {ioModes.map(({ value }) => (
                  <th key={value} scope="col">
                    {value}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cacheModes.map(({ value: own, text }) => (
                <tr key={own} data-chosen={own === cache || undefined}>
                  <th scope="row">{own}</th>
                  <td className={styles.text}>{text}</td>
                  {ioModes.map((mode) => {
                    const chosen = own === cache && mode.value === io;
                    const reason =
                      ioModeReason(own, mode.value) ??
                      reasonAgainst(
                        withCache(configuration, own),
                        { field: "storage.io", value: mode.value },
                        facts,
                      );
                    return (
                      <td key={mode.value}>
                        <label className={styles.mode} title={reason ?? undefined}>
                          <span className={styles.ioName} aria-hidden>
                            {mode.value}
                          </span>
                          <input
                            type="radio"
                            ref={chosen ? ref : undefined}
                            name={ioName}
                            checked={chosen}
                            disabled={reason !== null && !chosen}
                            aria-label={`cache ${own}, io ${mode.value}${reason === null ? "" : `: ${reason}`}`}
                            onChange={() => choose(own, mode.value)}
                            onBlur={onBlur}
                          />
                        </label>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          <ul className={styles.ioTexts}>
            {ioModes.map(({ value, text }) => (
              <li key={value}>
                <b>{value}</b>: {text}{" "}
                {value === "native" ? "Only past the host's page cache: with none or directsync." : ""}
              </li>
            ))}
          </ul>
          {wrong === undefined ? null : <p className={styles.error}>{wrong}</p>}
          <FieldFindings name={cacheName} />
          <FieldFindings name={ioName} />
        </fieldset>
      )}
    />
  );
}

/** The reason against an I/O mode depends on the cache mode of its row, not on the one that is chosen now. */
function withCache(configuration: Configuration | null, cache: CacheMode): Configuration | null {
  return configuration?.environment === "kvm"
    ? { ...configuration, storage: { ...configuration.storage, cache } }
    : null;
}
