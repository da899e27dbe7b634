// Gives configurations to a person as a file, which another campaign or another Tare reads back.
import type { Configuration } from "#shared/model/configuration.ts";
import { configurationFileText } from "#shared/plan/configuration-file.ts";
import { saveText } from "#renderer/format/save-file.ts";

/** `name` is without its ending. */
export function exportConfigurations(configurations: readonly Configuration[], name: string): void {
  saveText(configurationFileText(configurations), `${name}.json`, "application/json");
}
