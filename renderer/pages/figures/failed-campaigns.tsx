// Campaigns that could not be read: each with its reason, the others are shown all the same.
import { Button } from "@mantine/core";
import type { Failure } from "#shared/model/error.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import type { KnownCampaign } from "./library-campaigns.ts";

interface FailedCampaignsProps {
  readonly failures: ReadonlyMap<string, Failure>;
  readonly known: ReadonlyMap<string, KnownCampaign>;
  readonly onRetry: () => void;
}

export function FailedCampaigns({ failures, known, onRetry }: FailedCampaignsProps) {
  return [...failures].map(([id, failure]) => (
    <FailureNotice
      key={id}
      failure={{ ...failure, message: `${known.get(id)?.name ?? id}: ${failure.message}` }}
      actions={
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      }
    />
  ));
}
