// Places of the wizards: every field of the form has a step, and every address leads somewhere.
import { expect, test } from "vitest";
import { newCampaignForm, toCampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import {
  campaignHref,
  campaignPlace,
  campaignSteps,
  configurationHref,
  configurationStepOf,
  configurationSteps,
  hrefOfField,
} from "#renderer/wizards/campaign/campaign-place.ts";
import { campaignPresets, presetDraft } from "#shared/plan/campaign-presets.ts";
import { sampleLab } from "../../fixtures/sample-sut.ts";
import { sampleFacts } from "../sample-facts.ts";

/** Dotted paths of all fields that are no objects themselves. */
function fieldsOf(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null) return [path.join(".")];
  return Object.entries(value).flatMap(([key, inner]) => fieldsOf(inner, [...path, key]));
}

test("every address of a step is read as that step", () => {
  const below = (href: string) => href.replace(/^\/new\/?/, "");
  for (const { id } of campaignSteps)
    expect(campaignPlace(below(campaignHref(id)))).toEqual({ kind: "campaign", step: id });
  for (const { id } of configurationSteps)
    expect(campaignPlace(below(configurationHref("kvm-2", id)))).toEqual({
      kind: "configuration",
      id: "kvm-2",
      step: id,
    });
  expect(campaignPlace("nowhere")).toEqual({ kind: "campaign", step: "start" });
  expect(campaignPlace("configurations/50%/pages")).toMatchObject({ id: "50%", step: "pages" });
  expect(campaignPlace("configurations/kvm/nowhere")).toMatchObject({ step: "environment" });
});

test("every field of the paper's whole matrix is on the step that shows it", () => {
  const paper = campaignPresets.find(({ id }) => id === "felter-2014");
  if (paper === undefined) throw new Error("The paper's matrix is a preset.");
  const form = toCampaignForm(presetDraft(sampleLab, "quick", sampleFacts(), paper));
  const ids = form.configurations.map(({ id }) => id);
  const steps: Readonly<Record<string, string>> = {
    name: "/new",
    labId: "/new",
    workloads: "/new/workloads",
    blocks: "/new/repeats",
    control: "/new/repeats",
    seed: "/new/repeats",
    host: "/new/repeats",
    ladders: "/new/ladders",
  };
  for (const [first, href] of Object.entries(steps)) expect(hrefOfField(first, ids)).toBe(href);
  const known = new Set(Object.keys(steps));
  const others = Object.keys(form).filter((key) => !known.has(key));
  expect(others).toEqual(["configurations"]);
  const index = ids.length - 1;
  expect(hrefOfField(`configurations.${index}.without`, ids)).toBe("/new/cells");
  const axes: Readonly<Record<string, string>> = {
    label: "environment",
    "machine.memoryMiB": "environment",
    "machine.accelerator": "environment",
    "machine.vcpus": "pinning",
    "machine.cpuModel": "pinning",
    "machine.topology.sockets": "pinning",
    "machine.vcpuPins": "pinning",
    "machine.hugePages": "pages",
    "machine.hugePageKiB": "pages",
    "machine.locked": "pages",
    "pinning.cpus": "pinning",
    "pinning.nicIrqs": "pinning",
    "pages.thp": "pages",
    "pages.perNode.0.hugePages2M": "pages",
    "network.mode": "network",
    "storage.device.serial": "storage",
  };
  for (const [field, step] of Object.entries(axes)) {
    expect(configurationStepOf(field), field).toBe(step);
    expect(hrefOfField(`configurations.${index}.${field}`, ids)).toBe(
      configurationHref(ids[index] ?? "", configurationStepOf(field)),
    );
  }
});

test("no field of a configuration is shown by the review alone, or by no step", () => {
  const form = newCampaignForm("lab", sampleFacts());
  const shown = new Set(configurationSteps.map(({ id }) => id));
  for (const configuration of form.configurations) {
    const { id: _, without: __, origin: ___, ...fields } = configuration;
    for (const field of fieldsOf(fields)) {
      const step = configurationStepOf(field);
      expect(shown.has(step), field).toBe(true);
      expect(step, field).not.toBe("review");
      if (field.startsWith("network.")) expect(step).toBe("network");
      if (field.startsWith("storage.")) expect(step).toBe("storage");
    }
  }
});
