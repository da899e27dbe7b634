// The SUT's block devices as a tree: which may be chosen for test data, and what stands against the others.
import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { deviceTree, type DeviceNode } from "#shared/facts/device-tree.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { bytesText } from "#shared/report/number.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { TextField } from "#renderer/wizards/fields/form-fields.tsx";
import { DeviceConfirmation } from "./device-confirmation.tsx";
import styles from "./device-chooser.module.css";

interface DeviceChooserProps {
  readonly index: number;
  readonly lab: Lab | null;
  readonly facts: Facts | null;
  /** First choice, where the device may be left out. */
  readonly none?: string;
}

export function DeviceChooser({ index, lab, facts, none }: DeviceChooserProps) {
  const { control } = useFormContext<CampaignForm>();
  const name = `configurations.${index}.storage.device.path` as const;
  const path = useWatch({ control, name });
  return (
    <div className={styles.chooser}>
      {facts === null ? null : <Tree index={index} facts={facts} none={none} />}
      <div className={styles.path}>
        <TextField
          name={name}
          label="Path of the block device"
          description={
            facts === null
              ? "On the system under test, which was never probed"
              : "Or typed, for example below /dev/disk/by-id"
          }
          placeholder="/dev/nvme1n1"
        />
      </div>
      {path.trim() === "" ? null : (
        <DeviceConfirmation index={index} path={path.trim()} lab={lab} facts={facts} />
      )}
    </div>
  );
}

interface TreeProps {
  readonly index: number;
  readonly facts: Facts;
  readonly none: string | undefined;
}

function Tree({ index, facts, none }: TreeProps) {
  const { control, formState, setValue } = useFormContext<CampaignForm>();
  const name = `configurations.${index}.storage.device.path` as const;
  const path = useWatch({ control, name }).trim();
  const roots = deviceTree(facts);
  // The field of the typed path is the same one: it shows what is chosen here.
  const option = (value: string, refused: boolean, label: string) => (
    <input
      type="radio"
      name={`${name}.choice`}
      value={value}
      checked={path === value}
      disabled={refused && path !== value}
      aria-label={label}
      onChange={() =>
        setValue(name, value, { shouldDirty: true, shouldTouch: true, shouldValidate: formState.isSubmitted })
      }
    />
  );
  return (
    <fieldset className={styles.devices}>
      <legend>Block devices of {facts.hostname}, as it was probed</legend>
      {none === undefined ? null : (
        <label className={styles.none}>
          {option("", false, none)} {none}
        </label>
      )}
      {roots.length === 0 ? <p className={styles.quiet}>The facts show no block device.</p> : null}
      <ul className={styles.tree}>
        {roots.map((node) => (
          <Branch key={node.path} node={node} option={option} />
        ))}
      </ul>
    </fieldset>
  );
}

interface BranchProps {
  readonly node: DeviceNode;
  readonly option: (value: string, disabled: boolean, label: string) => ReactNode;
}

function Branch({ node, option }: BranchProps) {
  const { path, kind, sizeBytes, block, reason, carries, children } = node;
  const size = sizeBytes === null ? "" : bytesText(sizeBytes);
  const title = block?.model ?? kind;
  return (
    <li>
      <label className={styles.node} data-free={reason === null || undefined}>
        <span className={styles.choose}>
          {block === null ? null : option(path, reason !== null, `${path}, ${title}, ${size}`)}
        </span>
        <span className={styles.name}>{path}</span>
        <span className={styles.size}>{size}</span>
        <span className={styles.what}>
          <span>{[title, ...detailsOf(node)].join(" · ")}</span>
          <span className={styles.use} data-free={reason === null || undefined}>
            {useText(node)}
          </span>
          {carries.map((each) => (
            <span key={each} className={styles.carries}>
              {each}
            </span>
          ))}
        </span>
      </label>
      {children.length === 0 ? null : (
        <ul className={styles.tree}>
          {children.map((child) => (
            <Branch key={child.path} node={child} option={option} />
          ))}
        </ul>
      )}
    </li>
  );
}

function detailsOf({ block, kind }: DeviceNode): readonly string[] {
  if (block === null) return [];
  const { model, serial, rotational, scheduler, node } = block;
  return [
    ...(model === null || kind === "disk" ? [] : [kind]),
    ...(serial === null ? [] : [`serial ${serial}`]),
    ...(rotational ? ["rotating"] : []),
    ...(scheduler === null ? [] : [`scheduler ${scheduler}`]),
    ...(node === null || node === undefined ? [] : [`NUMA node ${node}`]),
  ];
}

/** Of a partition what is on it; of a device why it cannot be taken, or that nothing is known against it. */
function useText({ block, reason, mounts, fileSystem, sizeBytes, children }: DeviceNode): string {
  if (block !== null) return reason === null ? "Free, as far as the facts tell" : `Not free: ${reason}`;
  const on = [
    ...(fileSystem === null ? [] : [fileSystem]),
    ...mounts.map((point) => (point === "[swap]" ? "used as swap" : `mounted at ${point}`)),
  ];
  // Without its size nothing is known of it but its name.
  return on.join(", ") || (children.length === 0 && sizeBytes !== null ? "nothing seen on it" : "");
}
