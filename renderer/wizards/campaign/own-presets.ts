// A person's own presets, as the core keeps them.
import { api } from "#renderer/api/client.ts";
import { createLoadedStore } from "#renderer/stores/loaded-store.ts";

export const useOwnPresets = createLoadedStore(() => api.configurations.list());
