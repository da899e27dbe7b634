// Transparent huge pages: whether the kernel gives them, and how hard it tries.
import { Section } from "#renderer/components/section.tsx";
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import { ChoiceList, type Choice } from "./choice-list.tsx";
import { defragWords, enabledWords } from "./mode-choices.ts";
import styles from "./pages-step.module.css";

export function TransparentSection({ index, facts, offers }: StepProps) {
  const environment = useEnvironment(index);
  const thp = facts.sut?.memory.thp ?? null;
  const host = facts.sut?.hostname ?? "the host";
  return (
    <Section title="Transparent huge pages">
      <div className={styles.pair}>
        <ChoiceList
          name={`configurations.${index}.pages.thp`}
          label="Mode during the runs"
          choices={[asItIs(host, thp?.enabled), ...choicesOf(enabledWords)]}
          now={thp?.enabled ?? null}
          reason={offers("pages.thp")}
        />
        <ChoiceList
          name={`configurations.${index}.pages.thpDefrag`}
          label="Defragmentation: how hard the kernel tries to make one"
          choices={[asItIs(host, thp?.defrag), ...choicesOf(defragWords)]}
          now={thp?.defrag ?? null}
          reason={offers("pages.thpDefrag")}
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

function asItIs(host: string, now: string | undefined): Choice {
  return {
    value: "",
    label: "As it is",
    text: now === undefined ? `Nothing is changed on ${host}.` : `Nothing is changed on ${host}: ${now} now.`,
  };
}

function choicesOf(words: Readonly<Record<string, string>>): readonly Choice[] {
  return Object.entries(words).map(([value, text]) => ({ value, label: value, text }));
}
