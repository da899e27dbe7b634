// How this SUT comes to pages of 1 GiB; what needs its kernel's command line is explained, never done.
import { oneGibPages } from "#shared/environments/one-gib-pages.ts";
import type { Facts } from "#shared/model/facts.ts";
import { CommandText } from "#renderer/components/command-text.tsx";
import { Section } from "#renderer/components/section.tsx";
import { toPages, type ReservationForm } from "./reservation-form.ts";
import styles from "./pages-step.module.css";

interface OneGibSectionProps {
  readonly facts: Facts;
  readonly form: ReservationForm;
}

export function OneGibSection({ facts, form }: OneGibSectionProps) {
  const { sentences, boot } = oneGibPages(facts, toPages(form));
  return (
    <Section title="Pages of 1 GiB">
      <div className={styles.stack}>
        {sentences.map((sentence) => (
          <p key={sentence} className={styles.prose}>
            {sentence}
          </p>
        ))}
        {boot === null ? null : (
          <>
            <CommandText label="To add to the kernel’s command line" text={boot.added} />
            <CommandText label="In /etc/default/grub" text={boot.grub} />
            <CommandText label="The whole line, as it would be after the restart" text={boot.commandLine} />
          </>
        )}
      </div>
    </Section>
  );
}
