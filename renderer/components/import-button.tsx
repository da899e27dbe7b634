// "Import…": chooses .tare files.
import { Button, FileButton, type ButtonProps } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useImports } from "#renderer/stores/import-store.ts";

export function ImportButton(props: ButtonProps) {
  const start = useImports((state) => state.start);
  return (
    <FileButton multiple accept=".tare" onChange={start}>
      {(button) => (
        <Button variant="default" leftSection={<IconFileImport size={14} />} {...props} {...button}>
          Import…
        </Button>
      )}
    </FileButton>
  );
}
