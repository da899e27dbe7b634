// Transparent huge pages: whether the kernel gives them, and how hard it tries.
import { Section } from "#renderer/components/section.tsx";
import type { CardOption } from "#renderer/wizards/fields/choice-card.tsx";
import { ChoiceCards } from "#renderer/wizards/fields/choice-cards.tsx";
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import { defragWords, enabledWords } from "./mode-choices.ts";
import styles from "./pages-step.module.css";

export function TransparentSection({ index, facts, offers }: StepProps) {
  const environment = useEnvironment(index);
  const thp = facts.sut?.memory.thp ?? null;
  const host = facts.sut?.hostname ?? "the host";
  return (
    <Section title="Transparent huge pages">
      <div className={styles.pair}>
        <ChoiceCards
          name={`configurations.${index}.pages.thp`}
          label="Mode during the runs"
          options={[asItIs(host, thp?.enabled), ...optionsOf(enabledWords, thp?.enabled)]}
          refusal={offers("pages.thp")}
        />
        <ChoiceCards
          name={`configurations.${index}.pages.thpDefrag`}
          label="Defragmentation: how hard the kernel tries to make one"
          options={[asItIs(host, thp?.defrag), ...optionsOf(defragWords, thp?.defrag)]}
          refusal={offers("pages.thpDefrag")}
        />
      </div>
      {environment === "kvm" ? (
        <p className={styles.note}>
          A chosen mode is the host’s, for the guest’s memory, and the guest’s own kernel is started with it,
          too. Defragmentation is the host’s alone.
        </p>
      ) : null}
    </Section>
  );
}

function asItIs(host: string, now: string | undefined): CardOption {
  const words = `Nothing is changed on ${host}`;
  return {
    value: "",
    title: "As it is",
    words: now === undefined ? `${words}.` : `${words}: ${now} now.`,
    reason: null,
  };
}

function optionsOf(words: Readonly<Record<string, string>>, now: string | undefined): readonly CardOption[] {
  return Object.entries(words).map(([value, text]) => ({
    value,
    title: value,
    words: text,
    reason: null,
    now: value === now,
  }));
}
