// Saves the form of a campaign as a draft that outlives the tab; asks for a name the first time.
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { lineSchema } from "#shared/model/text.ts";
import { showFailure } from "#renderer/components/show-failure.ts";
import { clockText, instantText } from "#renderer/format/instant.ts";
import type { CampaignForm } from "./campaign-form.ts";
import { saveDraft, useOwnDraft, useSavedDrafts } from "./saved-drafts.ts";
import styles from "./drafts-section.module.css";

export function SaveDraftButton() {
  const { getValues } = useFormContext<CampaignForm>();
  const own = useOwnDraft();
  const { reload } = useSavedDrafts();
  const [asking, { open, close }] = useDisclosure(false);
  const [name, setName] = useState("");
  const [saving, setSaving] = useState(false);
  const wrong = lineSchema.safeParse(name).error?.issues[0]?.message ?? null;

  const save = async (as: string): Promise<void> => {
    setSaving(true);
    try {
      const { savedAt } = await saveDraft(as, getValues());
      close();
      notifications.show({ message: `Draft “${as}” saved at ${clockText(savedAt, Date.now())}.` });
      void reload();
    } catch (error) {
      showFailure("The draft was not saved; the form is as it was", error);
    } finally {
      setSaving(false);
    }
  };
  const begin = (): void => {
    // The key may come again before the answer, or while the name is asked for.
    if (saving || asking) return;
    if (own !== null) {
      void save(own.name);
      return;
    }
    const typed = getValues("name").trim();
    setName(typed === "" ? `Draft of ${instantText(new Date().toISOString())}` : typed);
    open();
  };
  useHotkeys([["mod+S", begin]], []);
  return (
    <>
      {own === null ? null : (
        <span className={styles.saved} title={own.name}>{`Draft saved ${instantText(own.savedAt)}`}</span>
      )}
      <Button variant="default" onClick={begin} loading={saving} aria-keyshortcuts="Control+S">
        Save draft
      </Button>
      <Modal opened={asking} onClose={close} title="Save as a draft" size={440}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (wrong === null) void save(name.trim());
          }}
        >
          <TextInput
            label="Name of the draft"
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong}
          />
          <p className={styles.hint}>
            It is kept with the labs of this computer until it is removed, finished or not.
          </p>
          <Group justify="flex-end" mt={16}>
            <Button variant="default" onClick={close}>
              Close
            </Button>
            <Button type="submit" loading={saving} disabled={wrong !== null}>
              Save
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
