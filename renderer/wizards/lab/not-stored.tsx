// Why a step that works with the stored lab cannot: what is in the form cannot be saved yet, and where.
import { Anchor, Button } from "@mantine/core";
import { Link } from "wouter";
import { Notice } from "#renderer/components/notice.tsx";
import type { WrongField } from "./lab-errors.ts";
import { labHref, labStepOf } from "./lab-place.ts";
import styles from "./lab-fields.module.css";

interface NotStoredProps {
  readonly labId: string;
  readonly wrong: readonly WrongField[];
  readonly onSave: () => void;
}

export function NotStored({ labId, wrong, onSave }: NotStoredProps) {
  return (
    <Notice severity={wrong.length === 0 ? "info" : "error"}>
      {wrong.length === 0 ? (
        <p className={styles.line}>Tare works here with the lab as it is stored, and this one is not yet.</p>
      ) : (
        <>
          <p className={styles.line}>The lab cannot be saved yet:</p>
          <ul className={styles.wrong}>
            {wrong.map(({ field, text }) => (
              <li key={field}>
                <Anchor component={Link} href={labHref(labId, labStepOf(field))}>
                  {text}
                </Anchor>
              </li>
            ))}
          </ul>
        </>
      )}
      <Button variant="default" onClick={onSave}>
        Save the lab
      </Button>
    </Notice>
  );
}
