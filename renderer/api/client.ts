// The core's API as typed functions, over whichever way leads to the core.
import { createORPCClient, type ClientContext, type ClientLink } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "#shared/contract/contract.ts";
import { useConnection } from "#renderer/stores/connection-store.ts";
import { startPortConnection } from "./port-link.ts";
import { carriesToken, openSession } from "./session.ts";
import { startSocketConnection, type CoreConnection } from "./socket-link.ts";

export type Api = ContractRouterClient<Contract>;

const started = Promise.withResolvers<CoreConnection>();

/** How long a call waits for a connection that is down before it fails. */
const connectionWaitMs = 10_000;

const link: ClientLink<ClientContext> = {
  async call(path, input, options) {
    const current = await (await started.promise).link(soon(options.signal));
    return current.call(path, input, options);
  },
};

export const api: Api = createORPCClient(link);

function soon(signal: AbortSignal | undefined): AbortSignal {
  const wait = AbortSignal.timeout(connectionWaitMs);
  return signal === undefined ? wait : AbortSignal.any([signal, wait]);
}

/** Waits for a connection no longer than a call does; what goes by HTTP needs the session that comes with it. */
export function connectedSoon(signal: AbortSignal): Promise<void> {
  return connected(soon(signal));
}

/** Waits until a connection is up. */
export async function connected(signal: AbortSignal): Promise<void> {
  await (await started.promise).link(signal);
}

/** Opens the way to the core and keeps it open; called once, at the start of the window. */
export async function startClient(): Promise<void> {
  const { set } = useConnection.getState();
  if (location.protocol === "app:") {
    started.resolve(startPortConnection(set));
    return;
  }
  reloadForToken();
  const session = await openSession().catch((error: unknown) => {
    // The core does not answer yet; the socket goes on trying.
    if (error instanceof TypeError) return true;
    throw error;
  });
  if (!session) {
    set("signed-out");
    return;
  }
  started.resolve(startSocketConnection(set));
}

/** A new address pasted into a window that is open already changes the fragment only, and loads nothing by itself. */
function reloadForToken(): void {
  window.addEventListener("hashchange", () => {
    if (carriesToken()) location.reload();
  });
}

/** Address of a file of a campaign's folder. */
export function rawUrl(campaignId: string, path: string): string {
  return `/raw/${encodeURIComponent(campaignId)}/${path.split("/").map(encodeURIComponent).join("/")}`;
}
