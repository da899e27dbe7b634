// The order of test files: those that take longest begin first, so that the workers of a project end together.
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes a minute and more, the longest first; all others come after, in Vitest's own order. */
const longest = [
  "lab/campaign/kills",
  "lab/campaign/whole",
  "lab/campaign/hanging-tool",
  "lab/environments",
  "lab/campaign/steering",
  "lab/campaign/full-disk",
  "lab/docker-daemon",
  "lab/campaign/links",
  "lab/campaign/tight-sshd",
  "unit/cli/cli",
];

/** Vitest takes a sequencer as a class. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const found = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return found === -1 ? longest.length : found;
}
