// What was measured, as a title: `Redis`, `Start-up`.
import type { Subject } from "../model/dataset.ts";
import { workloads } from "../workloads/registry.ts";

export function subjectTitle(subject: Subject): string {
  return subject === "startup" ? "Start-up" : workloads[subject].title;
}
