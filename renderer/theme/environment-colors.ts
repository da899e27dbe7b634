// The colour of each environment, the same in figures, matrix, timeline and tables, light and dark.
import type { EnvironmentName } from "#shared/model/configuration.ts";

/** Blue, vermilion and green of Okabe and Ito: told apart by colour-blind eyes, 3:1 on white and on near-black. */
export const environmentColors: Readonly<Record<EnvironmentName, string>> = {
  native: "#0072b2",
  docker: "#d55e00",
  kvm: "#009e73",
};

export const environmentTitles: Readonly<Record<EnvironmentName, string>> = {
  native: "native",
  docker: "Docker",
  kvm: "KVM",
};
