// Drafts that were saved, to be opened again or removed.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { SavedDraft } from "#shared/contract/drafts.ts";
import { api } from "#renderer/api/client.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { showFailure } from "#renderer/components/show-failure.ts";
import { ageText, instantText } from "#renderer/format/instant.ts";
import type { FormContext } from "./campaign-errors.ts";
import { campaignFormSchema, type CampaignForm } from "./campaign-form.ts";
import { offerBack, replaceForm } from "./put-aside.ts";
import { belongTo, useOwnDraft, useSavedDrafts } from "./saved-drafts.ts";
import styles from "./drafts-section.module.css";

/** Nothing where nothing was saved. */
export function DraftsSection() {
  const { value, failure, reload } = useSavedDrafts();
  const form = useFormContext<CampaignForm, FormContext, CampaignDraft>();
  const own = useOwnDraft();
  const [now] = useState(() => Date.now());
  if (failure === null && (value === null || value.drafts.length + value.errors.length === 0)) return null;

  const open = (draft: SavedDraft): void => {
    const read = campaignFormSchema.safeParse(draft.form);
    if (!read.success) {
      showFailure(`The draft “${draft.name}” cannot be opened`, {
        code: "INPUT_INVALID",
        message: "Another version of Tare saved it. Its file stays as it is.",
      });
      return;
    }
    const { id, name, savedAt } = draft;
    replaceForm(form, read.data, `The draft “${name}” of ${instantText(savedAt)} was opened.`, {
      id,
      name,
      savedAt,
    });
  };
  const remove = async (draft: SavedDraft): Promise<void> => {
    const { savedAt: _, ...again } = draft;
    try {
      await api.drafts.remove({ draftId: draft.id });
      if (own?.id === draft.id) belongTo(null);
      offerBack({
        text: `The draft “${draft.name}” was removed. What is in the form stays.`,
        back: "Bring it back",
        onBack: () => {
          api.drafts
            .save(again)
            .then(reload, (error: unknown) => showFailure("The draft was not brought back", error));
        },
      });
    } catch (error) {
      showFailure("The draft was not removed", error);
    }
    await reload();
  };

  return (
    <Section title="Saved drafts" flush>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {value?.errors.map((each) => (
        <FailureNotice key={each.message} failure={each} />
      ))}
      <ul className={styles.list}>
        {value?.drafts.map((draft) => (
          <li key={draft.id} className={styles.draft}>
            <span className={styles.name}>{draft.name}</span>
            <span className={styles.age}>
              {own?.id === draft.id ? "this form; " : ""}saved {ageText(draft.savedAt, now)}
            </span>
            <Button
              variant="default"
              size="compact-xs"
              aria-label={`Open ${draft.name}`}
              onClick={() => open(draft)}
            >
              Open
            </Button>
            <Button
              variant="default"
              size="compact-xs"
              aria-label={`Remove ${draft.name}`}
              onClick={() => void remove(draft)}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
