// What the paper is and what of it was measured, for its page.

export interface PaperTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  readonly source: string;
}

/** What the repository has of one figure, or beyond the figures. */
export interface PaperCoverage {
  /** Null for data that no figure shows. */
  readonly figure: number | null;
  readonly subjects: readonly string[];
  /** Origins of the series in words: `logs`, `spreadsheet`, `derived`. */
  readonly origins: readonly string[];
  /** Points of series that stand for the figure, and the others (pilots, re-runs, further commands). */
  readonly points: number;
  readonly others: number;
  /** Distributions of latencies. */
  readonly curves: number;
  /** Least and greatest number of repeats; null where the authors did not say. */
  readonly repeats: readonly [number, number] | null;
}

export interface PaperFacts {
  readonly title: string;
  readonly authors: readonly string[];
  readonly report: string;
  readonly year: number;
  readonly repository: {
    readonly url: string;
    readonly head: string;
    readonly headDate: string;
    readonly licence: string;
  };
  /** What runs under each name, in the paper's order. */
  readonly environments: readonly { readonly label: string; readonly text: string }[];
  readonly coverage: readonly PaperCoverage[];
  readonly tables: readonly PaperTable[];
  /** What misleads whoever reads the raw data. */
  readonly traps: readonly string[];
}
