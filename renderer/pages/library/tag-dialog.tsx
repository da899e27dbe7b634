// Tags of several campaigns at once: what to add to all of them, what to take from all of them.
import { Button, Group, Modal, MultiSelect, TagsInput } from "@mantine/core";
import { useState } from "react";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import type { Failure } from "#shared/model/error.ts";
import { countText } from "#shared/report/number.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { useReturnFocus } from "#renderer/components/use-return-focus.ts";
import { retag } from "#renderer/stores/library-actions.ts";

interface TagDialogProps {
  readonly entries: readonly CampaignEntry[];
  readonly knownTags: readonly string[];
  readonly onClose: () => void;
}

export function TagDialog({ entries, knownTags, onClose }: TagDialogProps) {
  useReturnFocus();
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const theirs = [...new Set(entries.flatMap(({ tags }) => tags))].toSorted();
  const save = async () => {
    try {
      await retag(entries, { add, remove });
      onClose();
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={`Tags of ${countText(entries.length, "campaign")}`} size={520}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TagsInput
          size="xs"
          label="Add"
          description="Enter after each tag"
          data-autofocus
          data={knownTags.filter((tag) => !theirs.includes(tag))}
          value={add}
          onChange={setAdd}
          openOnFocus={false}
          acceptValueOnBlur
          maxTags={32}
        />
        {theirs.length === 0 ? null : (
          <MultiSelect mt={12} label="Take away" data={theirs} value={remove} onChange={setRemove} />
        )}
        {failure === null ? null : (
          <Group mt={12}>
            <FailureNotice failure={failure} />
          </Group>
        )}
        <Group justify="flex-end" mt={16}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={add.length === 0 && remove.length === 0}>
            Save
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
