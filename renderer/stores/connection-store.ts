// Whether the window reaches the core, and if not, why.
import { create } from "zustand";

export type ConnectionStatus = "connecting" | "connected" | "lost" | "signed-out";

interface ConnectionState {
  readonly status: ConnectionStatus;
  /** Counts the connections that were made; a page reloads what it shows when it grows. */
  readonly generation: number;
  readonly set: (status: ConnectionStatus) => void;
}

export const useConnection = create<ConnectionState>()((set) => ({
  status: "connecting",
  generation: 0,
  set: (status) =>
    set((state) => ({
      status,
      generation: status === "connected" ? state.generation + 1 : state.generation,
    })),
}));
