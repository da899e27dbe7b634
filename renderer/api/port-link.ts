// The way to the core in Electron: a message port that the preload script hands to the page.
import type { ClientContext } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ConnectionStatus } from "#renderer/stores/connection-store.ts";
import { createGate } from "./gate.ts";
import type { CoreConnection } from "./socket-link.ts";

/** The page says "tare:port-wanted"; the preload script answers "tare:port" with the port. */
const portWanted = "tare:port-wanted";
const portGiven = "tare:port";

export function startPortConnection(onStatus: (status: ConnectionStatus) => void): CoreConnection {
  const gate = createGate<RPCLink<ClientContext>>();
  const receive = (event: MessageEvent<unknown>): void => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== portGiven || port === undefined) return;
    port.addEventListener("close", () => {
      gate.close();
      onStatus("lost");
    });
    port.start();
    gate.open(new RPCLink({ port }));
    onStatus("connected");
  };
  window.addEventListener("message", receive);
  window.postMessage(portWanted, location.origin);
  return { link: gate.pass, stop: () => window.removeEventListener("message", receive) };
}
