// The host's settings of a configuration, applied on the SUT now and without a campaign: what will be done, what the kernel then says, the way back.
import { Button, Group, Modal } from "@mantine/core";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import type { HostSetting } from "#shared/contract/hosts.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Lab } from "#shared/model/lab.ts";
import { countText } from "#shared/report/number.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { CommandText } from "#renderer/components/command-text.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { instantText } from "#renderer/format/instant.ts";
import { useFoundChanges } from "#renderer/stores/use-found-changes.ts";
import { ApplyOutcome } from "./apply-outcome.tsx";
import { notApplied, useApplySettings } from "./use-apply-settings.ts";
import styles from "./apply-now.module.css";

interface ApplyNowProps {
  readonly lab: Lab | null;
  /** Null where a field is wrong. */
  readonly configuration: Configuration | null;
}

/** Nothing where the lab or the configuration cannot be used. */
export function ApplyNow({ lab, configuration }: ApplyNowProps) {
  return lab === null || configuration === null ? null : <Apply lab={lab} configuration={configuration} />;
}

function Apply({ lab, configuration }: { readonly lab: Lab; readonly configuration: Configuration }) {
  const { settings, failure } = useSettings(lab.id, configuration);
  const [opened, dialog] = useDisclosure(false);
  const [applied, apply] = useApplySettings(lab.id, configuration.id);
  const account = `${lab.sut.user}@${lab.sut.address}`;
  const count = settings?.length ?? 0;
  return (
    <Section
      title="Apply now"
      aside={
        <Button variant="default" disabled={count === 0} loading={applied.running} onClick={dialog.open}>
          Apply now on the SUT
        </Button>
      }
    >
      <div className={styles.body} aria-live="polite">
        {failure === null ? null : <FailureNotice failure={failure} />}
        <p className={styles.quiet}>
          {settings === null
            ? "Looking what there is to apply."
            : count === 0
              ? "This configuration leaves the settings of the host as they are: there is nothing to apply."
              : `${countText(count, "setting")} of the host can be applied without a campaign, to try ${count === 1 ? "it" : "them"}. Campaigns apply and undo what they need by themselves.`}
        </p>
        {applied === notApplied ? null : <ApplyOutcome outcome={applied} />}
        <StillApplied lab={lab} />
      </div>
      <Modal opened={opened} onClose={dialog.close} title={`Apply on ${account}?`} size={760}>
        <ol className={styles.list}>
          {settings?.map(({ title, target, apply: commands, undo }) => (
            <li key={target}>
              <div className={styles.title}>{title}</div>
              <CommandText label="Apply" text={commands.join("\n")} />
              <CommandText label="Undo" text={undo.join("\n")} />
            </li>
          ))}
        </ol>
        <p className={styles.quiet}>
          They stay until they are undone, here or by “sh /var/lib/tare/undo-all.sh” on the host. Where one
          fails, all are taken back.
        </p>
        <Group justify="flex-end" mt={16}>
          <Button variant="default" data-autofocus onClick={dialog.close}>
            Cancel
          </Button>
          <Button
            onClick={() => {
              dialog.close();
              void apply(configuration);
            }}
          >
            Apply {countText(count, "setting")}
          </Button>
        </Group>
      </Modal>
    </Section>
  );
}

/** Stays for as long as something that was applied by hand is in force, as far as the application knows. */
function StillApplied({ lab }: { readonly lab: Lab }) {
  const sut = useFoundChanges(lab.id).find(({ role }) => role === "sut");
  const byHand = sut?.changes.filter(({ owner }) => owner.kind === "by-hand") ?? [];
  const [first] = byHand;
  if (first === undefined) return null;
  return (
    <Notice severity="warning">
      <p className={styles.quiet}>
        In force by hand since {instantText(first.since)}: {byHand.map(({ title }) => title).join("; ")}.
      </p>
      <Group gap={8} mt={6}>
        <Button component={Link} href={`/hosts?lab=${encodeURIComponent(lab.id)}&undo=sut`} variant="default">
          Undo
        </Button>
      </Group>
    </Notice>
  );
}

function useSettings(labId: string, configuration: Configuration) {
  const [settled] = useDebouncedValue(configuration, 200);
  const [state, setState] = useState<{
    readonly settings: readonly HostSetting[] | null;
    readonly failure: ReturnType<typeof failureOf> | null;
  }>({ settings: null, failure: null });
  useEffect(() => {
    const controller = new AbortController();
    api.hosts.settings({ labId, configuration: settled }, { signal: controller.signal }).then(
      (settings) => setState({ settings, failure: null }),
      (error: unknown) => {
        if (!controller.signal.aborted) setState({ settings: null, failure: failureOf(error) });
      },
    );
    return () => controller.abort();
  }, [labId, settled]);
  return state;
}
