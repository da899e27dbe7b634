// How large a .tare file and its parts may be. A campaign of the paper's whole matrix stays a hundred times below these.
const mebibyte = 2 ** 20;

export interface TareFileLimits {
  /** Of the file itself. */
  readonly fileBytes: number;
  /** Of all entries together, unpacked. */
  readonly totalBytes: number;
  readonly entries: number;
  readonly entryBytes: number;
  /** Of a raw file that is packed once more (`.gz`), unpacked. */
  readonly rawBytes: number;
  /** Unpacked to packed, of an entry and of the whole file. Only sizes above `ratioFromBytes` are looked at. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}

export const tareFileLimits: TareFileLimits = {
  fileBytes: 8 * 1024 * mebibyte,
  totalBytes: 16 * 1024 * mebibyte,
  entries: 250_000,
  entryBytes: 2 * 1024 * mebibyte,
  rawBytes: 2 * 1024 * mebibyte,
  ratio: 200,
  ratioFromBytes: 4 * mebibyte,
};

/** Of what is read as a whole, bytes. */
const wholeBytes: readonly (readonly [RegExp, number])[] = [
  [/^tare\.json$/, 64 * mebibyte],
  [/^campaign\.json$/, 16 * mebibyte],
  [/^events\.jsonl$/, 512 * mebibyte],
  [/^library\.json$/, mebibyte],
  [/^README\.md$/, 16 * mebibyte],
  [/^facts\//, 16 * mebibyte],
];

/** The most that an entry may hold, bytes. */
export function entryLimit(path: string, limits: TareFileLimits): number {
  const own = wholeBytes.find(([pattern]) => pattern.test(path))?.[1] ?? limits.entryBytes;
  return Math.min(own, limits.entryBytes);
}
