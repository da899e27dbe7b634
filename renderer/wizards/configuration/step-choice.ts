// What is chosen in a step of the configuration wizard, in a few words for its rail.
import type { ConfigurationStep } from "#renderer/wizards/campaign/campaign-place.ts";
import type { ConfigurationForm } from "./configuration-form.ts";

const environmentWords = { native: "native", docker: "Docker", kvm: "KVM" } as const;
const networkWords = {
  host: "host's stack",
  nat: "bridge, NAT",
  macvlan: "macvlan",
  bridge: "virtio on a bridge",
  direct: "macvtap",
  user: "user-mode",
} as const;

export function stepChoice(form: ConfigurationForm, step: ConfigurationStep): string {
  const { environment, pinning, pages, machine, network, storage } = form;
  switch (step) {
    case "environment":
      return environmentWords[environment];
    case "pinning":
      return [
        pinning.cpus === "" ? "all CPUs" : `CPUs ${pinning.cpus}`,
        pinning.memory.policy === "default" ? "" : `memory ${pinning.memory.policy}`,
        environment === "kvm" && machine.vcpuPins !== "" ? "vCPUs pinned" : "",
      ]
        .filter((word) => word !== "")
        .join(", ");
    case "pages":
      return (
        [
          pages.thp === "" ? "" : `THP ${pages.thp}`,
          pages.thpDefrag === "" ? "" : `defrag ${pages.thpDefrag}`,
          [pages, ...pages.perNode].some(({ hugePages2M }) => hugePages2M !== "") ? "2 MiB reserved" : "",
          [pages, ...pages.perNode].some(({ hugePages1G }) => hugePages1G !== "") ? "1 GiB reserved" : "",
          environment === "kvm" && machine.hugePages ? "guest backed" : "",
        ]
          .filter((word) => word !== "")
          .join(", ") || "as the host has them"
      );
    case "network":
      return environment === "native" ? networkWords.host : networkWords[network.mode];
    case "storage":
      return environment === "kvm" ? `${storage.format}, ${storage.cache}` : storage.kind;
    case "review":
      return "";
  }
}
