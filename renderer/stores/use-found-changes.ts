// Changes of Tare's that the application found on a lab's hosts when it connected last, kept up to date.
import { useEffect, useState } from "react";
import type { FoundChanges } from "#shared/model/host-change.ts";
import { api } from "#renderer/api/client.ts";
import { startFollowing } from "#renderer/api/follow.ts";

const nothing: readonly FoundChanges[] = [];

/** One entry for each host that was connected since Tare was started; empty before that, and where the core cannot tell. */
export function useFoundChanges(labId: string): readonly FoundChanges[] {
  const [found, setFound] = useState<{ labId: string; hosts: readonly FoundChanges[] }>();
  useEffect(
    () =>
      startFollowing<FoundChanges[]>({
        open: (signal) => api.hosts.found({ labId }, { signal }),
        onItem: (hosts) => setFound({ labId, hosts }),
        // What was found before may not be so any more.
        onFailure: () => setFound(undefined),
      }),
    [labId],
  );
  return found?.labId === labId ? found.hosts : nothing;
}
