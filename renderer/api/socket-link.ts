// The way to the core from a browser: a WebSocket on the page's own origin, made anew with back-off when it drops.
import type { ClientContext, ClientLink } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ConnectionStatus } from "#renderer/stores/connection-store.ts";
import { sessionIsOpen } from "./session.ts";
import { createGate } from "./gate.ts";

type Link = ClientLink<ClientContext>;

export interface CoreConnection {
  /** The link that is up; waits for one, at most as long as the signal allows. */
  readonly link: (signal?: AbortSignal) => Promise<Link>;
  readonly stop: () => void;
}

const longestWaitMs = 8000;

export function startSocketConnection(onStatus: (status: ConnectionStatus) => void): CoreConnection {
  const gate = createGate<Link>();
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let stopped = false;

  const connect = (): void => {
    const opened = new WebSocket(`${location.origin.replace(/^http/, "ws")}/rpc`);
    socket = opened;
    opened.addEventListener("open", () => {
      attempts = 0;
      gate.open(new RPCLink({ websocket: opened }));
      onStatus("connected");
    });
    opened.addEventListener("close", () => {
      if (stopped || socket !== opened) return;
      gate.close();
      void retry();
    });
  };

  const retry = async (): Promise<void> => {
    // A refused WebSocket does not say why; the session is asked for separately.
    if ((await sessionIsOpen()) === false) {
      onStatus("signed-out");
      return;
    }
    onStatus("lost");
    attempts += 1;
    const wait = Math.min(longestWaitMs, 250 * 2 ** Math.min(attempts - 1, 6));
    timer = setTimeout(connect, wait);
  };

  connect();
  return {
    link: gate.pass,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
