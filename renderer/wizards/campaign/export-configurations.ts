// Gives configurations to a person as a file, which another campaign or another Tare reads back.
import type { Configuration } from "#shared/model/configuration.ts";
import { configurationFileText } from "#shared/plan/configuration-file.ts";

/** `name` is without its ending. */
export function exportConfigurations(configurations: readonly Configuration[], name: string): void {
  const url = URL.createObjectURL(
    new Blob([configurationFileText(configurations)], { type: "application/json" }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.json`;
  link.click();
  // The download has its own hold on the content once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
