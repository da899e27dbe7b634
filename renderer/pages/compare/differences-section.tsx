// What campaigns were measured on and with, where they are not alike: a column for each campaign.
import { differenceAreas, type Comparison, type DifferenceArea } from "#shared/model/comparison.ts";
import { countText } from "#shared/report/number.ts";
import { Section } from "#renderer/components/section.tsx";
import styles from "./compare-table.module.css";

const titles: Readonly<Record<DifferenceArea, string>> = {
  sut: "System under test",
  loadgen: "Load generator",
  versions: "Versions",
  configurations: "Configurations",
  design: "Design",
};

export function DifferencesSection({ comparison }: { readonly comparison: Comparison }) {
  const { campaigns, differences, unknown } = comparison;
  const areas = differenceAreas.flatMap((area) => {
    const rows = differences.filter((each) => each.area === area);
    return rows.length === 0 ? [] : [{ area, rows }];
  });
  return (
    <Section title="What they ran on" aside={countText(differences.length, "difference")} flush>
      {unknown.map(({ area, names }) => (
        <p key={area} className={styles.remark}>
          {titles[area]}: not kept by {names.join(", ")}.
        </p>
      ))}
      {areas.length === 0 ? (
        <p className={styles.remark}>Nothing that both kept differs.</p>
      ) : (
        <div className={styles.scroller}>
          <table className={styles.table} aria-label="Differences">
            <thead>
              <tr>
                <th scope="col">What differs</th>
                {campaigns.map(({ id, name }) => (
                  <th key={id} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            {areas.map(({ area, rows }) => (
              <tbody key={area}>
                <tr className={styles.group}>
                  <th scope="colgroup" colSpan={campaigns.length + 1}>
                    {titles[area]}
                  </th>
                </tr>
                {rows.map(({ path, values }) => (
                  <tr key={path}>
                    <th scope="row" className={styles.path}>
                      {path}
                    </th>
                    {values.map((value, index) => (
                      <td
                        key={campaigns[index]?.id}
                        className={styles.value}
                        data-unknown={value === null || undefined}
                      >
                        {value ?? "not known"}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </div>
      )}
    </Section>
  );
}
