// How a campaign reaches its guests: through the SUT, for as long as the campaign may need them.
import type { ConnectGuest } from "#main/environments/guest-connection.ts";
import { connectGuest } from "#main/ssh/connect-guest.ts";
import { connectForLife } from "./connect-for-life.ts";
import type { Stage } from "./stage.ts";

export function guestConnector({ sut, cleanupSignal }: Pick<Stage, "sut" | "cleanupSignal">): ConnectGuest {
  return ({ address, port, privateKey, hostKey }, attempt) =>
    connectForLife(attempt, cleanupSignal, (signal) =>
      connectGuest(sut, { address, port, user: "root", privateKey, hostKey, signal }),
    );
}
