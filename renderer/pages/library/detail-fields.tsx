// Name, tags and note of a campaign, each saved when it is left; what is refused stays as typed, with the reason.
import { Button, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { TareError } from "#shared/model/error.ts";
import { lineSchema } from "#shared/model/text.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { annotate, renameWithUndo } from "#renderer/stores/library-actions.ts";
import { useSaved, type SavedField } from "./use-saved.ts";
import styles from "./detail-fields.module.css";

interface DetailFieldsProps {
  /** The parent gives each campaign fields of its own, by `key`. */
  readonly entry: CampaignEntry;
  readonly knownTags: readonly string[];
}

export function DetailFields({ entry, knownTags }: DetailFieldsProps) {
  const paper = entry.origin === "paper";
  const name = useSaved({
    key: `${entry.id} name`,
    stored: entry.name,
    write: async (text) => {
      const checked = lineSchema.safeParse(text);
      if (!checked.success)
        throw new TareError(
          "INPUT_INVALID",
          `The name ${checked.error.issues[0]?.message ?? "cannot be used"}.`,
        );
      if (checked.data !== entry.name) await renameWithUndo(entry, checked.data);
    },
  });
  const note = useSaved({
    key: `${entry.id} note`,
    stored: entry.note,
    write: (note) => annotate(entry.id, { note }),
  });
  const tags = useSaved({
    key: `${entry.id} tags`,
    stored: entry.tags,
    write: (tags) => annotate(entry.id, { tags }),
  });
  return (
    <div className={styles.fields}>
      <TextInput
        label="Name"
        data-autofocus
        readOnly={paper}
        description={paper ? "The paper's own; it cannot be changed." : undefined}
        maxLength={200}
        value={name.value}
        onChange={(event) => name.set(event.currentTarget.value)}
        onBlur={() => void name.save()}
        onKeyDown={(event) => {
          if (event.key === "Enter") void name.save();
          else if (event.key === "Escape" && name.dirty) {
            event.stopPropagation();
            name.reset();
          }
        }}
      />
      <Refused field={name} />
      <TagsInput
        size="xs"
        label="Tags"
        placeholder={tags.value.length === 0 ? "Enter after each tag" : ""}
        data={[...knownTags]}
        value={[...tags.value]}
        maxTags={32}
        openOnFocus={false}
        acceptValueOnBlur
        clearable
        clearButtonProps={{ "aria-label": "No tags" }}
        onChange={(list) => void tags.saveAs(list.map((tag) => tag.slice(0, 40)))}
      />
      <Refused field={tags} />
      <Textarea
        label="Note"
        description="Saved when you leave it, or with Ctrl Enter"
        autosize
        minRows={3}
        maxRows={14}
        maxLength={20_000}
        value={note.value}
        onChange={(event) => note.set(event.currentTarget.value)}
        onBlur={() => void note.save()}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void note.save();
          }
        }}
      />
      <Refused field={note} />
      <output className={styles.state}>
        {name.dirty || note.dirty
          ? "Not saved yet"
          : [name, note, tags].some(({ saved }) => saved)
            ? "Saved"
            : ""}
      </output>
    </div>
  );
}

function Refused<T>({ field }: { readonly field: SavedField<T> }) {
  if (field.failure === null) return null;
  return (
    <FailureNotice
      failure={field.failure}
      actions={
        <>
          <Button variant="default" onClick={() => void field.save()}>
            Save again
          </Button>
          <Button variant="default" onClick={field.reset}>
            Discard
          </Button>
        </>
      }
    />
  );
}
