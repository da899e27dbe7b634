// The last thing done that can be taken back: its notification has the button, Ctrl+Z on the library the key.
import { create } from "zustand";

interface UndoStore {
  readonly last: (() => Promise<void>) | null;
  readonly set: (last: (() => Promise<void>) | null) => void;
}

export const useUndo = create<UndoStore>()((set) => ({ last: null, set: (last) => set({ last }) }));
