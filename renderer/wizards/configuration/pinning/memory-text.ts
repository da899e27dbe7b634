// Sizes and speeds on the machine map.

/** `60.1 of 62.5 GiB free`; empty where the machine tells none. */
export function memoryText(freeBytes: number | null, totalBytes: number | null): string {
  if (totalBytes === null) return "";
  if (freeBytes === null) return `${gibibytes(totalBytes)} GiB`;
  return `${gibibytes(freeBytes)} of ${gibibytes(totalBytes)} GiB free`;
}

/** `100 Gb/s`, `100 Mb/s`; empty where it is not known. */
export function speedText(speedMbps: number | null): string {
  if (speedMbps === null || speedMbps <= 0) return "";
  return speedMbps >= 1000 ? `${Number((speedMbps / 1000).toFixed(1))} Gb/s` : `${speedMbps} Mb/s`;
}

function gibibytes(bytes: number): string {
  const value = bytes / 2 ** 30;
  return value.toFixed(value < 100 ? 1 : 0);
}
