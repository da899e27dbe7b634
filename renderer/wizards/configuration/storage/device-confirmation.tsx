// What stands between a chosen block device and overwriting it: the proof that nothing uses it, and its serial number, typed.
import { Button, TextInput } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { pathOf } from "#shared/environments/device-checks.ts";
import type { DeviceProof } from "#shared/model/device-proof.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { bytesText } from "#shared/report/number.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { fieldError } from "#renderer/components/field-error.ts";
import { clockText } from "#renderer/format/instant.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { FieldFindings } from "#renderer/wizards/fields/field-findings.tsx";
import { useDeviceProof, type ProofAttempt } from "./device-proofs.ts";
import { compareSerial } from "./typed-serial.ts";
import styles from "./device-confirmation.module.css";

interface DeviceConfirmationProps {
  readonly index: number;
  readonly path: string;
  readonly lab: Lab | null;
  readonly facts: Facts | null;
}

export function DeviceConfirmation({ index, path, lab, facts }: DeviceConfirmationProps) {
  const { control, formState } = useFormContext<CampaignForm>();
  const name = `configurations.${index}.storage.device.serial` as const;
  const typed = useWatch({ control, name });
  const { attempt, prove } = useDeviceProof(lab?.id ?? "", path);
  const waiting = attempt !== undefined && attempt.at === null;
  // A proof that was refused leads no further; where the lab cannot be asked now, the one before each session decides.
  const open = typed !== "" || ((attempt?.at ?? null) !== null && (attempt?.proof?.refusal ?? null) === null);
  const known = facts?.blocks.find(({ name }) => pathOf(name) === path)?.serial ?? null;
  const wrong = fieldError(formState.errors, name);
  return (
    <div className={styles.confirmation} data-field={name}>
      <p className={styles.warning}>
        Everything on {path} is overwritten, and what is written stays. The same proof is made again right
        before each session; where it fails, nothing is written.
      </p>
      <div className={styles.ask}>
        <Button variant="default" loading={waiting} disabled={lab === null} onClick={prove}>
          Prove that nothing uses it
        </Button>
        <span className={styles.how}>
          Asks {lab?.sut.address ?? "the system under test"} now; reads only.
        </span>
      </div>
      <div role="status">{attempt === undefined ? null : <ProofResult attempt={attempt} path={path} />}</div>
      {open ? <SerialField index={index} serial={attempt?.proof?.serial ?? known} /> : null}
      {open || wrong === undefined ? null : (
        <p className={styles.missing}>The serial number is missing; it is typed after this proof.</p>
      )}
    </div>
  );
}

const looks = [
  "no mount in any namespace, no swap",
  "no partition, LVM, RAID or loop device on it",
  "no signature of a file system or other data",
  "no program has it open, and the kernel lets it be claimed (O_EXCL)",
] as const;

function ProofResult({ attempt, path }: { readonly attempt: ProofAttempt; readonly path: string }) {
  const [now] = useState(() => Date.now());
  const { at, proof, failure } = attempt;
  if (failure !== null) return <FailureNotice failure={failure} />;
  if (at === null || proof === null) return null;
  const when = <time dateTime={at}>{clockText(at, now)}</time>;
  return (
    <div className={styles.result} data-free={proof.refusal === null || undefined}>
      {proof.refusal === null ? (
        <>
          <p className={styles.verdict}>
            <IconCheck size={15} stroke={2} aria-hidden /> At {when} nothing used {path}.
          </p>
          <ul className={styles.looks}>
            {looks.map((look) => (
              <li key={look}>{look}</li>
            ))}
          </ul>
        </>
      ) : (
        <p className={styles.verdict}>
          <IconX size={15} stroke={2} aria-hidden /> At {when}: {proof.refusal}.
        </p>
      )}
      <p className={styles.what}>{deviceText(proof)}</p>
    </div>
  );
}

function deviceText({ number, sizeBytes, model, serial }: DeviceProof): string {
  return [
    model ?? "no model",
    sizeBytes === null ? "" : bytesText(sizeBytes),
    number === null ? "" : `device ${number}`,
    serial === null ? "no serial number" : `serial number ${serial}`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** Never filled in by Tare: what confirms is that a person read it somewhere and typed or pasted it. */
function SerialField({ index, serial }: { readonly index: number; readonly serial: string | null }) {
  const { control, register, formState } = useFormContext<CampaignForm>();
  const name = `configurations.${index}.storage.device.serial` as const;
  const comparison = compareSerial(useWatch({ control, name }), serial);
  return (
    <div className={styles.serial}>
      <TextInput
        {...register(name)}
        label="Serial number, typed"
        description="Confirms that this device is meant"
        spellCheck={false}
        autoComplete="off"
        error={fieldError(formState.errors, name)}
      />
      <p className={styles.comparison} data-state={comparison.state} role="status">
        {comparison.text}
      </p>
      {comparison.state === "unknown" ? <FieldFindings name={name} /> : null}
    </div>
  );
}
