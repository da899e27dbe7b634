// The hosts of a lab by name.
import type { HostRole } from "#shared/model/lab.ts";

export const roleTitle: Readonly<Record<HostRole, string>> = {
  sut: "System under test",
  loadgen: "Load generator",
};
