// Series of the repository that repeat another one's environment under other circumstances, and what to call them.

interface Variant {
  readonly suffix: string;
  readonly label: string;
}

const variants: readonly (Variant & { readonly pattern: RegExp })[] = [
  { pattern: /kvm-head/, suffix: "rerun", label: "re-run with 32 vCPUs" },
  { pattern: /june/, suffix: "june", label: "pilot of June 2014" },
  { pattern: /-aborted$/, suffix: "aborted", label: "cut-off run" },
  { pattern: /\.early\./, suffix: "early", label: "early measurement" },
];

/** Null for series that stand for their environment. */
export function variantOf(seriesId: string): Variant | null {
  return variants.find(({ pattern }) => pattern.test(seriesId)) ?? null;
}
