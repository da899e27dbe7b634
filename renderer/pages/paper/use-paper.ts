// The paper's facts and its data, read once for a connection: they never change.
import { paperId, type Dataset } from "#shared/model/dataset.ts";
import type { PaperFacts } from "#shared/model/paper.ts";
import { TareError } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { createLoadedStore } from "#renderer/stores/loaded-store.ts";

export const usePaperFacts = createLoadedStore<PaperFacts>(() => api.library.paper());

export const usePaperDataset = createLoadedStore<Dataset>(async () => {
  const [dataset] = await api.library.datasets({ campaignIds: [paperId] });
  if (dataset === undefined)
    throw new TareError("NOT_FOUND", "The paper's data are missing. Install Tare again.");
  return dataset;
});
