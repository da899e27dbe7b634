// "Import…": chooses .tare files.
import { Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { chooseImports } from "./choose-imports.ts";

export function ImportButton() {
  return (
    <Button variant="default" leftSection={<IconFileImport size={14} />} onClick={chooseImports}>
      Import…
    </Button>
  );
}
