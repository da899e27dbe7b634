// The chosen campaigns in the order in which they are drawn: moved by dragging or with the arrow keys, removed.
import { ActionIcon, UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { campaignLetter } from "#shared/figures/overlay/looks.ts";
import { moved } from "./figures-state.ts";
import type { KnownCampaign } from "./library-campaigns.ts";
import styles from "./choice-bar.module.css";

interface CampaignChipsProps {
  /** Cannot be removed. */
  readonly own: string | null;
  readonly campaigns: readonly string[];
  readonly known: ReadonlyMap<string, KnownCampaign>;
  /** Could not be read, and so are not drawn. */
  readonly failed: ReadonlySet<string>;
  readonly onChange: (campaigns: readonly string[]) => void;
}

export function CampaignChips({ own, campaigns, known, failed, onChange }: CampaignChipsProps) {
  const [dragged, setDragged] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const nameOf = (id: string) => known.get(id)?.name ?? id;
  const move = (id: string, to: number): void => {
    if (to < 0 || to >= campaigns.length || campaigns.indexOf(id) === to) return;
    onChange(moved(campaigns, id, to));
    setSaid(`${nameOf(id)} is now number ${to + 1} of ${campaigns.length}.`);
  };
  const remove = (id: string): void => {
    if (id !== own) onChange(campaigns.filter((each) => each !== id));
  };
  if (campaigns.length === 0) return null;
  const drawn = campaigns.filter((id) => !failed.has(id));
  return (
    <div className={styles.chosen}>
      <ol className={styles.chips} aria-label="Campaigns in the figures, in this order">
        {campaigns.map((id, index) => (
          <li key={id} className={styles.chip} data-dragged={dragged === id || undefined}>
            <UnstyledButton
              className={styles.name}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = "move";
                event.dataTransfer.setData("text/plain", id);
                setDragged(id);
              }}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                move(dragged, index);
              }}
              onDrop={(event) => event.preventDefault()}
              onDragEnd={() => setDragged(null)}
              title={known.get(id)?.place ?? id}
              aria-keyshortcuts="ArrowLeft ArrowRight Delete"
              onKeyDown={(event) => {
                if (event.key === "ArrowLeft") move(id, index - 1);
                else if (event.key === "ArrowRight") move(id, index + 1);
                else if (event.key === "Delete") remove(id);
                else return;
                event.preventDefault();
                event.stopPropagation();
              }}
            >
              <span className={styles.letter}>
                {failed.has(id) ? "not read:" : drawn.length > 1 ? campaignLetter(drawn.indexOf(id)) : ""}
              </span>
              {nameOf(id)}
            </UnstyledButton>
            {id === own ? null : (
              <ActionIcon size="xs" aria-label={`Take out ${nameOf(id)}`} onClick={() => remove(id)}>
                <IconX size={12} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ol>
      {campaigns.length > 1 ? (
        <span className={styles.hint}>Drag to reorder, or ← → on a name; Delete takes it out.</span>
      ) : null}
      <span className={styles.said} role="status">
        {said}
      </span>
    </div>
  );
}
