// A guest's memory from reserved pages: size, locking, and what it needs beside what it would find.
import { freeHugePages, pageText } from "#shared/environments/huge-page-pools.ts";
import { neededPages } from "#shared/environments/guest-pages.ts";
import type { KvmConfiguration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { bytesText } from "#shared/report/number.ts";
import { Section } from "#renderer/components/section.tsx";
import { CheckField, SelectField } from "#renderer/wizards/fields/form-fields.tsx";
import type { StepProps } from "../step-props.ts";
import { offered } from "../use-offers.ts";
import styles from "./pages-step.module.css";

export function GuestSection({ index, configuration, facts, offers }: StepProps) {
  const machine = `configurations.${index}.machine` as const;
  return (
    <Section title="The guest’s memory">
      <div className={styles.stack}>
        <div className={styles.fields}>
          <CheckField
            name={`${machine}.hugePages`}
            label="Guest memory from huge pages"
            description="From the reserved pages of the host; without, from ordinary memory"
          />
          <SelectField
            name={`${machine}.hugePageKiB`}
            label="Size of the huge pages"
            description="Where memory is from huge pages"
            data={offered(offers, "machine.hugePageKiB", [
              ["2048", "2 MiB"],
              ["1048576", "1 GiB"],
            ])}
          />
          <CheckField
            name={`${machine}.locked`}
            label="Guest memory locked"
            description="Never swapped, never moved"
            reason={offers("machine.locked", true)}
          />
        </div>
        {configuration?.environment === "kvm" && configuration.machine.hugePages ? (
          <Needs configuration={configuration} facts={facts.sut} />
        ) : null}
      </div>
    </Section>
  );
}

function Needs({
  configuration,
  facts,
}: {
  readonly configuration: KvmConfiguration;
  readonly facts: Facts | null;
}) {
  const { size, whole, nodes } = neededPages(configuration, facts);
  const rows = [
    ...nodes.map(({ node, pages }) => ({ place: `NUMA node ${node}`, node: node as number | null, pages })),
    { place: "in all", node: null, pages: whole },
  ];
  return (
    <table className={styles.needs}>
      <thead>
        <tr>
          <th scope="col">Pages of {pageText(size)}</th>
          <th scope="col">the guest needs</th>
          {facts === null ? null : <th scope="col">it would find free</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ place, node, pages }) => {
          const free = facts === null ? null : freeHugePages(size, node, configuration.pages, facts);
          return (
            <tr key={place}>
              <th scope="row">{place}</th>
              <td>
                {pages} ({bytesText(pages * size * 1024)})
              </td>
              {free === null ? null : (
                <td data-short={free < pages || undefined}>
                  {free} ({bytesText(free * size * 1024)}){free < pages ? `, ${pages - free} too few` : ""}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
