// Says what was done, with a button that takes it back for ten seconds.
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useUndo } from "#renderer/stores/undo-store.ts";
import { showFailure } from "./show-failure.ts";
import styles from "./notify-undo.module.css";

const undoMs = 10_000;

/** `undo` is called at most once, by the button or by `undoLast`; a failure of it is shown. */
export function notifyUndo(message: string, undo: () => Promise<void>): void {
  const id = crypto.randomUUID();
  const once = async (): Promise<void> => {
    if (useUndo.getState().last === once) useUndo.getState().set(null);
    notifications.hide(id);
    try {
      await undo();
    } catch (error) {
      showFailure("This was not undone", error);
    }
  };
  useUndo.getState().set(once);
  notifications.show({
    id,
    autoClose: undoMs,
    withBorder: true,
    message: (
      <div className={styles.line}>
        <span className={styles.text}>{message}</span>
        <Button variant="default" onClick={() => void once()}>
          Undo
        </Button>
      </div>
    ),
  });
}

/** Takes back what was done last, where it still can be. */
export async function undoLast(): Promise<void> {
  await useUndo.getState().last?.();
}
