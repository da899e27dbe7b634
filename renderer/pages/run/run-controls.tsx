// Start, pause, resume, cancel: by button and by key, each only where it can be done.
import { Button, Group, Kbd, Modal, Tooltip } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconPlayerPause, IconPlayerPlay, IconSquareX } from "@tabler/icons-react";
import type { CampaignStatus } from "#shared/model/campaign-status.ts";
import { api } from "#renderer/api/client.ts";
import { showFailure } from "#renderer/components/show-failure.ts";
import { useLibrary } from "#renderer/stores/core-stores.ts";
import { setAsked, useAsked } from "./asked-store.ts";
import { controlsOf, type ControlName } from "./control-rules.ts";
import styles from "./run-controls.module.css";

interface RunControlsProps {
  readonly campaignId: string;
  readonly status: CampaignStatus;
  readonly missing: number;
}

const signs = {
  start: { icon: IconPlayerPlay, key: "S" },
  pause: { icon: IconPlayerPause, key: "P" },
  cancel: { icon: IconSquareX, key: "X" },
} as const;

const failed = {
  start: "The campaign was not started",
  pause: "The campaign was not paused",
  cancel: "The campaign was not cancelled",
} as const;

export function RunControls({ campaignId, status, missing }: RunControlsProps) {
  const asked = useAsked(campaignId, status);
  const controls = controlsOf({ status, asked, missing });
  const library = useLibrary();
  const [confirming, dialog] = useDisclosure(false);

  const act = (name: ControlName): void => {
    setAsked(campaignId, { what: name, status });
    api.campaigns[name]({ campaignId }).then(
      // The library alone can tell that an interrupted campaign has a process again.
      () => (name === "start" ? library.reload() : undefined),
      (error: unknown) => {
        setAsked(campaignId, null);
        showFailure(failed[name], error);
      },
    );
  };
  const press = (name: ControlName): void => {
    if (!controls[name].enabled || confirming) return;
    if (name === "cancel") dialog.open();
    else act(name);
  };
  useHotkeys([
    ["shift+S", () => press("start")],
    ["shift+P", () => press("pause")],
    ["shift+X", () => press("cancel")],
  ]);

  return (
    <div className={styles.controls}>
      {(["start", "pause", "cancel"] as const).map((name) => {
        const { title, enabled, reason } = controls[name];
        const { icon: Icon, key } = signs[name];
        return (
          <Tooltip key={name} label={reason} multiline w={260}>
            <Button
              variant={name === "start" && enabled ? "filled" : "default"}
              leftSection={<Icon size={14} stroke={1.8} aria-hidden />}
              rightSection={
                <Kbd size="xs" aria-hidden>
                  ⇧{key}
                </Kbd>
              }
              // Stays reachable, so that its reason can be read.
              data-disabled={!enabled || undefined}
              aria-disabled={!enabled}
              aria-keyshortcuts={`Shift+${key}`}
              onClick={(event) => {
                event.preventDefault();
                press(name);
              }}
            >
              {title}
            </Button>
          </Tooltip>
        );
      })}
      <Modal opened={confirming} onClose={dialog.close} title="Cancel the campaign?" size={480}>
        <p className={styles.explanation}>
          The run that is under way is ended and counts as not done. Everything that was measured so far is
          kept. Both hosts are put back as they were: environments end, and every change is undone.
        </p>
        <p className={styles.explanation}>
          To stop without losing the run that is under way, pause instead. A cancelled campaign can be
          resumed, too.
        </p>
        <Group justify="flex-end" mt={16}>
          <Button variant="default" data-autofocus onClick={dialog.close}>
            Let it run
          </Button>
          <Button
            color="red.8"
            onClick={() => {
              dialog.close();
              act("cancel");
            }}
          >
            Cancel the campaign
          </Button>
        </Group>
      </Modal>
    </div>
  );
}
