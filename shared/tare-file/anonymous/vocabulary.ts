// Words that mean something of themselves in a campaign's files: a name that is one of them cannot be replaced wherever it stands.
import { z } from "zod";
import { campaignSchema } from "../../model/campaign.ts";
import { eventSchema } from "../../model/event.ts";
import { factsSchema } from "../../model/facts.ts";
import { workloads } from "../../workloads/registry.ts";
import { literal } from "./identity.ts";
import { toolWords } from "./tool-words.ts";

let text: string | undefined;

/** Whether the name stands, as a whole, in a key or a fixed value of the schemas, in a name of a workload or metric, or in what tools print. */
export function isVocabulary(name: string): boolean {
  text ??= phrases().join("\n").toLowerCase();
  return new RegExp(`(?<![a-z0-9])${literal(name.toLowerCase())}(?![a-z0-9])`).test(text);
}

function phrases(): string[] {
  const schemas = [campaignSchema, eventSchema, factsSchema].map((schema) =>
    z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }),
  );
  const named = Object.values(workloads).flatMap(({ name, metrics }) => [
    name,
    ...metrics.flatMap((metric) => [metric.name, metric.unit, metric.title]),
  ]);
  return [...schemas.flatMap((schema) => fixedTexts(schema)), ...named, ...toolWords];
}

/** Names of properties, and the texts that a value may be one of. */
function fixedTexts(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap((item) => fixedTexts(item));
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (key === "const") return typeof value === "string" ? [value] : [];
    if (key === "enum" && Array.isArray(value)) return value.filter((item) => typeof item === "string");
    if (key === "properties" && typeof value === "object" && value !== null)
      return [...Object.keys(value), ...fixedTexts(Object.values(value))];
    return fixedTexts(value);
  });
}
