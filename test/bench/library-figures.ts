// What one process of the library's benchmark measures. Times in milliseconds, medians where there are several.

interface ProcessFigures {
  /** Delay of the main thread's event loop: what a window would feel. */
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  /** Of the whole process, the index's thread included. */
  readonly rssBytes: number;
  readonly peakRssBytes: number;
  readonly workerHeapBytes: number;
}

export interface BuildFigures extends ProcessFigures {
  /** Until the first list, which is not whole yet. */
  readonly firstMs: number;
  readonly firstCampaigns: number;
  readonly buildMs: number;
  /** A list while the index is built. */
  readonly listMs: number;
}

export interface WarmFigures extends ProcessFigures {
  /** Until the first list, the start of the index's thread included. */
  readonly firstMs: number;
  readonly listMs: number;
  readonly listByRpcMs: number;
  readonly searchMs: number;
  readonly slowestSearchMs: number;
  readonly filterMs: number;
  /** One workload of up to 100 campaigns: as bytes in the core, and parsed in a client. */
  readonly datasetsMs: number;
  readonly datasetsBytes: number;
  readonly byRpcMs: number;
  readonly byHttpMs: number;
  readonly figure: string;
  readonly figureMs: number;
}
