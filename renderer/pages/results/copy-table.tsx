// Copies results to the clipboard, for a spreadsheet or for a text.
import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ResultRow } from "#shared/model/result.ts";
import { resultMarkdown, resultTsv } from "#shared/report/result-export.ts";

export function CopyTable({ rows }: { readonly rows: readonly ResultRow[] }) {
  return (
    <>
      <CopyAs title="Copy TSV" text={() => resultTsv(rows)} />
      <CopyAs title="Copy Markdown" text={() => resultMarkdown(rows)} />
    </>
  );
}

function CopyAs({ title, text }: { readonly title: string; readonly text: () => string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={14} stroke={1.6} aria-hidden />}
      onClick={() => clipboard.copy(text())}
    >
      {clipboard.copied ? "Copied" : title}
    </Button>
  );
}
