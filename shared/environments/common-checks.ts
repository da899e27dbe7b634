// Findings on the axes that every environment has: pinning and pages.
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { pinningFindings, type Finding } from "./checks.ts";
import { pagesFindings } from "./pages-checks.ts";

export function commonFindings(configuration: Configuration, facts: Facts): readonly Finding[] {
  return [...pinningFindings(configuration, facts), ...pagesFindings(configuration, facts)];
}
