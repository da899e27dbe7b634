// The claims on the paper's own data: every recorded result and every recorded value, under both labellings.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { claimFileSchema } from "#shared/claims/claim-file.ts";
import { claimSections } from "#shared/claims/claim-sections.ts";
import { judgeClaims, recordedVerdict } from "#shared/claims/judge-claims.ts";
import { labellings } from "#shared/model/claim.ts";
import { paperDataset } from "#shared/reference/paper-dataset.ts";
import { paperDistributions } from "#shared/reference/paper-distributions.ts";
import { paperFileSchema } from "#shared/reference/paper-file.ts";

const asset = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../assets/reference/${name}`, import.meta.url), "utf8"));
const { claims } = claimFileSchema.parse(asset("felter2014-claims.json"));
const file = paperFileSchema.parse(asset("felter2014.json"));
const dataset = paperDataset(file);
const distributions = paperDistributions(file);

test("the file has its 98 claims, each with an id of its own", () => {
  expect(claims).toHaveLength(98);
  expect(new Set(claims.map(({ id }) => id)).size).toBe(98);
});

test("claims are told by section, in the paper's order, the repository's last", () => {
  const judged = judgeClaims(claims, dataset, distributions, {
    labelling: "measured",
    texts: [],
    unreadable: [],
  });
  expect(claimSections(judged).map(({ section }) => section)).toEqual([
    "2.3",
    "3",
    "3.1",
    "3.2",
    "3.3",
    "3.4",
    "3.5",
    "3.6",
    "3.7",
    "3.8",
    "5",
    "repo",
  ]);
});

describe.each(labellings)("labels: %s", (labelling) => {
  const judged = judgeClaims(claims, dataset, distributions, {
    labelling,
    texts: file.paper_text,
    unreadable: [],
  });
  test.each(claims.map((claim, index) => [claim.id, index] as const))("%s", (_, index) => {
    const claim = claims[index];
    const { reference } = claim ?? expect.fail("There is no such claim.");
    const recorded =
      labelling === "paper"
        ? (reference.paper_labels ?? reference.measured_labels)
        : reference.measured_labels;
    const { id, verdict, values } = judged[index] ?? expect.fail("The claim was not judged.");
    expect({ id, verdict, values }).toEqual({
      id: claim?.id,
      verdict: recordedVerdict(recorded),
      values: recorded.values,
    });
  });
});
