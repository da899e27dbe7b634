// What is wrong in the form of a campaign, each at the field where it was typed.
import { toNestErrors } from "@hookform/resolvers";
import type { FieldErrors, Resolver } from "react-hook-form";
import type { z } from "zod";
import { deviceOffers } from "#shared/environments/offers.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { Facts } from "#shared/model/facts.ts";
import { toCampaignDraft, type CampaignForm } from "./campaign-form.ts";
import type { ConfigurationForm } from "#renderer/wizards/configuration/configuration-form.ts";
import { words } from "#renderer/wizards/configuration/typed-text.ts";

export interface FormContext {
  /** Facts of the SUT; null where it was never probed. */
  readonly facts: Facts | null;
}

interface FieldIssue {
  /** Dotted path in the form. */
  readonly field: string;
  readonly message: string;
}

export const campaignResolver: Resolver<CampaignForm, FormContext, CampaignDraft> = (
  form,
  context,
  options,
) => {
  const result = toCampaignDraft(form);
  const issues = [
    ...(result.error?.issues ?? []).map((issue) => fieldIssue(issue, form)),
    ...deviceIssues(form, context?.facts ?? null),
  ];
  if (result.success && issues.length === 0) return { values: result.data, errors: {} };
  const flat: FieldErrors = {};
  for (const { field, message } of issues) flat[field] ??= { type: "form", message };
  return { values: {}, errors: toNestErrors<CampaignForm>(flat, options) };
};

/** Where an issue of the draft belongs in the form, and what it says there. */
export function fieldIssue(issue: z.core.$ZodIssue, form: CampaignForm): FieldIssue {
  const path = issue.path.map(String);
  const [first, second, third, fourth, fifth] = path;
  if (first === "conditions") return { field: "workloads", message: issue.message };
  if (first === "scope") {
    const index = form.configurations.findIndex(({ id }) => id === second);
    return { field: `configurations.${index}.without`, message: "must be measured with a workload" };
  }
  if (first === "ladders" && third === "steps")
    return { field: `ladders.${second}.steps`, message: "must have two configurations or more" };
  if (first === "host" && second === "sysctls") return sysctlIssue(issue, form);
  if (first === "configurations" && third === "machine" && fifth !== undefined) {
    const machine = form.configurations[Number(second)]?.machine;
    const field = `configurations.${second}.machine.${fourth}`;
    const place = Number(fifth);
    if (fourth === "numaCells")
      return { field, message: cellMessage(place, words(machine?.numaCells ?? "")[place]) };
    if (fourth === "vcpuPins") return { field, message: `pin of vCPU ${place}: ${messageOf(issue)}` };
  }
  return { field: path.join("."), message: messageOf(issue) };
}

function cellMessage(place: number, text = ""): string {
  return `node ${place}, “${text}”, must be vCPUs:MiB or vCPUs:MiB@nodes, like 0-7:8192@0`;
}

/** sysctls are a list in the form. */
function sysctlIssue(issue: z.core.$ZodIssue, form: CampaignForm): FieldIssue {
  const name = String(issue.path[2] ?? "");
  const index = form.host.sysctls.findIndex((sysctl) => sysctl.name.trim() === name);
  const wrong = issue.code === "invalid_key" ? "name" : "value";
  return { field: `host.sysctls.${Math.max(index, 0)}.${wrong}`, message: messageOf(issue) };
}

/** A bad key of a record, and a text that fits none of several forms, say so inside. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  if (issue.code === "invalid_union") return issue.errors.at(-1)?.[0]?.message ?? issue.message;
  return issue.message;
}

function deviceIssues(form: CampaignForm, facts: Facts | null): readonly FieldIssue[] {
  if (facts === null) return [];
  const offers = deviceOffers(facts);
  return form.configurations.flatMap((configuration, index) => {
    if (!usesDevice(configuration)) return [];
    const { path, serial } = configuration.storage.device;
    const found = offers.find((offer) => offer.path === path.trim());
    const field = `configurations.${index}.storage.device`;
    if (found === undefined) return [];
    if (found.reason !== null)
      return [{ field: `${field}.path`, message: `${found.path} is not free: it ${found.reason}` }];
    if (found.serial === null || serial.trim() === "" || serial.trim() === found.serial) return [];
    return [
      {
        field: `${field}.serial`,
        message: `${found.path} has the serial number ${found.serial}, not ${serial.trim()}`,
      },
    ];
  });
}

function usesDevice({ environment, storage }: ConfigurationForm): boolean {
  return environment === "kvm" ? storage.device.path !== "" : storage.kind === "device";
}
