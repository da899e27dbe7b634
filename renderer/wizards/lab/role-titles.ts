// How the hosts of a lab are called in the window.
import type { HostRole } from "#shared/model/lab.ts";

export const roleTitles: Readonly<Record<HostRole, string>> = {
  sut: "System under test",
  loadgen: "Load generator",
};
