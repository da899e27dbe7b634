// Where the application connected and found changes of its own that nobody is using: says so, and leads to undoing them.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { byOwner } from "#shared/changes/owner-text.ts";
import type { FoundChanges as Found } from "#shared/model/host-change.ts";
import { countText } from "#shared/report/number.ts";
import { ageText, instantText } from "#renderer/format/instant.ts";
import { useFoundChanges } from "#renderer/stores/use-found-changes.ts";
import { Notice } from "./notice.tsx";
import styles from "./found-changes.module.css";

/** Nothing where nothing was found, or where no host of the lab was connected since Tare was started. */
export function FoundChanges({ labId }: { readonly labId: string }) {
  const hosts = useFoundChanges(labId).filter(({ changes }) => changes.length > 0);
  return hosts.map((found) => <FoundOnHost key={found.role} labId={labId} found={found} />);
}

function FoundOnHost({ labId, found }: { readonly labId: string; readonly found: Found }) {
  const [now] = useState(() => Date.now());
  const { changes, host, role } = found;
  const since = changes.map((each) => each.since).sort()[0] ?? found.foundAt;
  const owners = [...new Set(changes.map(({ owner }) => byOwner(owner)))];
  const href = `/hosts?lab=${encodeURIComponent(labId)}`;
  return (
    <Notice severity="warning">
      <p className={styles.text}>
        Tare left {countText(changes.length, "change")} in force on <code>{host}</code>, since{" "}
        {instantText(since)} ({ageText(since, now)}), {owners.join(", ")}.
      </p>
      <ul className={styles.list}>
        {changes.map(({ key, title }) => (
          <li key={`${key.campaignId}/${key.id}`}>{title}</li>
        ))}
      </ul>
      <Group gap={8}>
        <Button component={Link} href={`${href}&undo=${role}`} variant="default">
          Undo them
        </Button>
        <Button component={Link} href={`${href}&look=1`} variant="subtle">
          Look at them
        </Button>
      </Group>
    </Notice>
  );
}
