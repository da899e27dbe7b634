// Asks for .tare files and imports those that are chosen.
import { useImports } from "#renderer/stores/import-store.ts";

export function chooseImports(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.accept = ".tare";
  input.addEventListener("change", () => useImports.getState().start([...(input.files ?? [])]));
  input.click();
}
