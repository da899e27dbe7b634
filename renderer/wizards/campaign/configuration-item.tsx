// One configuration in the list of a campaign: what it is, what stands against it, what can be done with it.
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconArrowDown,
  IconArrowUp,
  IconDots,
} from "@tabler/icons-react";
import { Link } from "wouter";
import { countText } from "#shared/report/number.ts";
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import type { ConfigurationState } from "#renderer/wizards/configuration/configuration-state.ts";
import {
  configurationSummary,
  type ConfigurationForm,
} from "#renderer/wizards/configuration/configuration-form.ts";
import { configurationHref } from "./campaign-place.ts";
import styles from "./configurations-section.module.css";

interface ItemActs {
  readonly move: (to: number) => void;
  readonly duplicate: () => void;
  readonly compare: () => void;
  readonly exportIt: () => void;
  /** Save as a preset. */
  readonly keep: () => void;
  readonly remove: () => void;
}

interface ConfigurationItemProps {
  readonly index: number;
  /** Place of the last one. */
  readonly last: number;
  readonly form: ConfigurationForm;
  readonly state: ConfigurationState;
  /** All ratios are taken to this one. */
  readonly baseline: boolean;
  readonly acts: ItemActs;
}

export function ConfigurationItem(props: ConfigurationItemProps) {
  const { index, last, form, state, baseline, acts } = props;
  const label = form.label === "" ? form.id : form.label;
  const href = configurationHref(form.id, "environment");
  const usable = state.configuration !== null;
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <Link href={href} className={styles.toggle} aria-label={`Edit ${label}`}>
          <EnvironmentChip environment={form.environment} label={label} />
        </Link>
        {baseline ? <span className={styles.baseline}>ratios are taken to this</span> : null}
        <span className={styles.summary}>{configurationSummary(form)}</span>
        <span className={styles.acts}>
          <Tooltip label="Earlier">
            <ActionIcon
              size="sm"
              aria-label={`${label}: earlier`}
              data-moves={form.id}
              disabled={index === 0}
              onClick={() => acts.move(index - 1)}
            >
              <IconArrowUp size={15} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Later">
            <ActionIcon
              size="sm"
              aria-label={`${label}: later`}
              data-moves={form.id}
              disabled={index === last}
              onClick={() => acts.move(index + 1)}
            >
              <IconArrowDown size={15} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Menu position="bottom-end" width={200}>
            <Menu.Target>
              <ActionIcon size="sm" aria-label={`Acts on ${label}`}>
                <IconDots size={15} stroke={1.6} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component={Link} href={href}>
                Edit
              </Menu.Item>
              <Menu.Item onClick={acts.duplicate}>Duplicate</Menu.Item>
              <Menu.Item onClick={acts.compare} disabled={!usable || last === 0}>
                Compare with…
              </Menu.Item>
              <Menu.Item onClick={acts.exportIt} disabled={!usable}>
                Export…
              </Menu.Item>
              <Menu.Item onClick={acts.keep} disabled={!usable}>
                Save as preset…
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item onClick={acts.remove}>Remove</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      </div>
      <Against state={state} />
    </li>
  );
}

/** What stands against it: the first in full, the number of the others. */
function Against({ state: { configuration, findings, state } }: { readonly state: ConfigurationState }) {
  if (state === null) return null;
  const Icon = state === "error" ? IconAlertCircle : IconAlertTriangle;
  const worst = findings.find(({ severity }) => severity === state) ?? findings[0];
  const text = configuration === null ? "A field cannot be used as it is." : (worst?.text ?? "");
  const others = findings.length - 1;
  return (
    <p className={styles.against} data-severity={state}>
      <Icon size={14} stroke={1.8} role="img" aria-label={state === "error" ? "Error" : "Warning"} />
      <span>
        {text}
        {others > 0 ? ` And ${countText(others, "other")}.` : ""}
      </span>
    </p>
  );
}
