import type { BenchOptions } from "./options.ts";
import type { Section } from "./report.ts";
export async function windowSection(_o: BenchOptions, _d: unknown): Promise<Section> {
  throw new Error("x");
}
