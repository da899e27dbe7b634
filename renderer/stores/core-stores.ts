// What every page may need of the core: the application's facts, the library, the labs.
import { api } from "#renderer/api/client.ts";
import { createLoadedStore } from "./loaded-store.ts";

export const useAppInfo = createLoadedStore(() => api.app.info());
export const useLibrary = createLoadedStore(() => api.library.list());
export const useLabs = createLoadedStore(() => api.labs.list());
