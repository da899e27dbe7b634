// An environment's name with its colour; the colour is the same wherever the environment shows.
import { environmentNameSchema } from "#shared/model/configuration.ts";
import { environmentColor, environmentTitles } from "#renderer/theme/environment-titles.ts";
import styles from "./environment-chip.module.css";

interface EnvironmentChipProps {
  readonly environment: string;
  readonly label?: string;
}

export function EnvironmentChip({ environment, label }: EnvironmentChipProps) {
  const known = environmentNameSchema.safeParse(environment).data;
  const color = known === undefined ? "var(--tare-line-strong)" : environmentColor(known);
  return (
    <span className={styles.chip}>
      <span className={styles.swatch} style={{ background: color }} aria-hidden />
      {label ?? (known === undefined ? environment : environmentTitles[known])}
    </span>
  );
}
