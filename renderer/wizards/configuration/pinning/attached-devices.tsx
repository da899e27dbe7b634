// Interfaces and disks at a place of the machine.
import { IconDatabase, IconNetwork } from "@tabler/icons-react";
import type { Attached } from "#shared/facts/machine-tree.ts";
import { bytesText } from "#shared/report/number.ts";
import { speedText } from "./memory-text.ts";
import styles from "./machine-map.module.css";

interface AttachedDevicesProps {
  readonly devices: Attached;
  readonly lead?: string | undefined;
}

export function AttachedDevices({ devices: { nics, disks }, lead }: AttachedDevicesProps) {
  if (nics.length === 0 && disks.length === 0) return null;
  return (
    <div className={styles.devices}>
      {lead === undefined ? null : <span>{lead}</span>}
      {nics.map(({ name, data, speedMbps }) => (
        <span key={name} className={styles.device} data-data={data || undefined}>
          <IconNetwork size={12} stroke={1.6} aria-hidden />
          {[name, speedText(speedMbps), data ? "data network" : ""].filter((word) => word !== "").join(", ")}
        </span>
      ))}
      {disks.map(({ name, sizeBytes, model }) => (
        <span key={name} className={styles.device} title={model ?? undefined}>
          <IconDatabase size={12} stroke={1.6} aria-hidden />
          {`${name}, ${bytesText(sizeBytes)}`}
        </span>
      ))}
    </div>
  );
}
