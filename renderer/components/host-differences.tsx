// The proof that a host is as it was: identical to before, or the exact differences.
import { Table } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { FactDifference } from "#shared/model/facts.ts";
import styles from "./host-differences.module.css";

interface HostDifferencesProps {
  readonly differences: readonly FactDifference[];
  /** Said where there are none. */
  readonly same: string;
}

export function HostDifferences({ differences, same }: HostDifferencesProps) {
  if (differences.length === 0)
    return (
      <span className={styles.same}>
        <IconCircleCheck size={15} stroke={1.8} aria-hidden />
        {same}
      </span>
    );
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Fact</Table.Th>
            <Table.Th>Before</Table.Th>
            <Table.Th>After</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map(({ path, before, after }) => (
            <Table.Tr key={path}>
              <Table.Td className="mono">{path}</Table.Td>
              <Table.Td className="mono">{before}</Table.Td>
              <Table.Td className="mono">{after}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
