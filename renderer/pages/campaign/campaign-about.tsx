// What a person wrote about the campaign, in the header of its page, and the way to change it.
import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil } from "@tabler/icons-react";
import { Suspense } from "react";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { lazyPage } from "#renderer/components/lazy-page.ts";
import { useLibrary } from "#renderer/stores/core-stores.ts";
import { filterChoices } from "../library/library-filters.ts";
import { TagLabel } from "../library/tag-label.tsx";
import styles from "./campaign-about.module.css";

const DetailFields = lazyPage(async () => (await import("../library/detail-fields.tsx")).DetailFields);

/** The campaign's entry of the library; null before the library is known. */
export function useEntry(campaignId: string): CampaignEntry | null {
  return useLibrary().value?.campaigns.find(({ id }) => id === campaignId) ?? null;
}

export function AboutLine({ campaignId }: { readonly campaignId: string }) {
  const entry = useEntry(campaignId);
  if (entry === null) return null;
  const { tags, note, archived } = entry;
  return (
    <>
      {archived ? <TagLabel tone="mark">archived</TagLabel> : null}
      {tags.map((tag) => (
        <TagLabel key={tag}>{tag}</TagLabel>
      ))}
      {note === "" ? null : (
        <span className={styles.note} title={note}>
          {note}
        </span>
      )}
    </>
  );
}

export function EditAbout({ campaignId }: { readonly campaignId: string }) {
  const { value } = useLibrary();
  const entry = useEntry(campaignId);
  const [opened, dialog] = useDisclosure(false);
  if (entry === null || value === null) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={14} />} onClick={dialog.open}>
        {entry.origin === "paper" ? "Tags, note" : "Name, tags, note"}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="About this campaign" size={520}>
        <Suspense>
          <DetailFields entry={entry} knownTags={filterChoices(value.campaigns, "tag")} />
        </Suspense>
      </Modal>
    </>
  );
}
