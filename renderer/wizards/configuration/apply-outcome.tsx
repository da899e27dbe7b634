// How applying settings by hand goes, and what the kernel says afterwards.
import { Table } from "@mantine/core";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import type { ApplyProgress } from "./use-apply-settings.ts";
import styles from "./apply-now.module.css";

const words = {
  applying: "being applied",
  applied: "applied",
  already: "was so already",
  unavailable: "not offered by this host",
} as const;

export function ApplyOutcome({ outcome }: { readonly outcome: ApplyProgress }) {
  const { settings, checks, failure } = outcome;
  if (failure !== null) return <FailureNotice failure={failure} />;
  if (checks === null)
    return (
      <ul className={styles.progress}>
        {[...settings].map(([title, state]) => (
          <li key={title}>
            {title}: {words[state]}
          </li>
        ))}
      </ul>
    );
  const unavailable = [...settings].filter(([, state]) => state === "unavailable");
  return (
    <>
      <Table aria-label="What the kernel says">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Setting</Table.Th>
            <Table.Th>Asked for</Table.Th>
            <Table.Th>The kernel says</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {checks.map(({ title, wanted, now, holds, remarks }) => (
            <Table.Tr key={title}>
              <Table.Td>{title}</Table.Td>
              <Table.Td className="mono">{wanted}</Table.Td>
              <Table.Td>
                <span className={styles.check} data-holds={holds}>
                  <code>{now}</code>, {holds ? "as asked for" : "not as asked for"}
                </span>
                {remarks.map((remark) => (
                  <div key={remark} className={styles.quiet}>
                    {remark}
                  </div>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {unavailable.map(([title]) => (
        <p key={title} className={styles.quiet}>
          {title}: not offered by this host.
        </p>
      ))}
    </>
  );
}
