// Failures of something a person pressed: shown as a notification that stays until it is closed.
import { notifications } from "@mantine/notifications";
import { failureOf } from "#renderer/api/failure.ts";

export function showFailure(title: string, error: unknown): void {
  const failure = failureOf(error);
  const where = failure.host === undefined ? "" : ` (${failure.host})`;
  notifications.show({
    title: `${title}${where}`,
    message: failure.message,
    color: "red",
    autoClose: false,
    withBorder: true,
  });
}
