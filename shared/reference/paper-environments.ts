// The environments of the reference data as slots: labels in Tare's words, and which of Tare's environments each is.
import type { EnvironmentName } from "../model/configuration.ts";

const labels: Readonly<Record<string, string>> = {
  native: "Native",
  docker: "Docker",
  "docker-host": "Docker, host network",
  "docker-nat": "Docker, NAT",
  "docker-nat-aufs": "Docker, NAT, AUFS",
  "docker-host-aufs": "Docker, host network, AUFS",
  kvm: "KVM",
  "kvm-tuned": "KVM, tuned",
  "gce-16vcpu": "Google Compute Engine, 16 vCPUs",
};

/** In the order of figures and tables. */
export const paperEnvironmentOrder: readonly string[] = Object.keys(labels);

export function paperEnvironmentLabel(environment: string): string {
  return labels[environment] ?? environment;
}

export function environmentOf(term: string): EnvironmentName {
  if (term === "native") return "native";
  return term.startsWith("docker") ? "docker" : "kvm";
}
