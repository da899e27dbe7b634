// The status of a campaign: a sign and a word, so that colour is never alone.
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconCircleX,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnectedX,
} from "@tabler/icons-react";
import type { CampaignStatus } from "#shared/model/campaign-status.ts";
import styles from "./status-label.module.css";

const signs = {
  ready: [IconCircleDashed, "quiet"],
  running: [IconPlayerPlay, "active"],
  paused: [IconPlayerPause, "warning"],
  interrupted: [IconPlugConnectedX, "warning"],
  complete: [IconCircleCheck, "ok"],
  incomplete: [IconCircleHalf2, "warning"],
  cancelled: [IconCircleX, "quiet"],
  failed: [IconAlertTriangle, "failure"],
} as const satisfies Record<CampaignStatus, unknown>;

export function StatusLabel({ status }: { readonly status: CampaignStatus }) {
  const [Icon, tone] = signs[status];
  return (
    <span className={styles.status} data-tone={tone}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {status}
    </span>
  );
}
