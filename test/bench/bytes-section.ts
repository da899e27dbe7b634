import type { BenchOptions } from "./options.ts";
import type { Section } from "./report.ts";
export async function bytesSection(_o: BenchOptions, _d: unknown): Promise<Section> {
  throw new Error("x");
}
