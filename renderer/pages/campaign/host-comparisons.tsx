// The proof at the end of a campaign: each host identical to before, or the exact difference.
import { Table } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Section } from "#renderer/components/section.tsx";
import { countText } from "#shared/report/number.ts";
import { useCampaign } from "#renderer/stores/campaign-store.ts";
import styles from "./host-comparisons.module.css";

const titles = { sut: "System under test", loadgen: "Load generator", guest: "Guest" } as const;

export function HostComparisons({ campaignId }: { readonly campaignId: string }) {
  const comparisons = useCampaign(campaignId, (view) => view.state.comparisons);
  return [...comparisons].map(([machine, differences]) => (
    <Section
      key={machine}
      title={`${titles[machine]}: ${differences.length === 0 ? "identical to before" : countText(differences.length, "difference")}`}
      flush={differences.length > 0}
    >
      {differences.length === 0 ? (
        <span className={styles.same}>
          <IconCircleCheck size={15} stroke={1.8} aria-hidden />
          The facts after the campaign are the facts before it.
        </span>
      ) : (
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
      )}
    </Section>
  ));
}
