// The path of a packet in the chosen mode, and beside it that of another one to compare with.
import { Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { packetPath } from "#shared/environments/packet-path.ts";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Lab } from "#shared/model/lab.ts";
import type { NetworkChoice } from "#shared/model/network-choice.ts";
import type { PortUse } from "#shared/plan/port-uses.ts";
import { Section } from "#renderer/components/section.tsx";
import { PathFigure } from "./path-figure.tsx";
import styles from "./path-figure.module.css";

interface PathSectionProps {
  readonly choice: NetworkChoice;
  readonly lab: Lab | null;
  readonly facts: LabFacts;
  readonly uses: readonly PortUse[];
}

interface NamedChoice {
  readonly title: string;
  readonly choice: NetworkChoice;
}

const guest = (mode: "bridge" | "direct" | "user", vhost: "on" | "off"): NetworkChoice => ({
  environment: "kvm",
  network: { mode, vhost },
});

/** Every path that there is, whatever this lab offers: to learn from, not to choose from. */
const all: readonly NamedChoice[] = [
  { title: "native", choice: { environment: "native", network: { mode: "host" } } },
  { title: "Docker, host's stack", choice: { environment: "docker", network: { mode: "host" } } },
  { title: "Docker, NAT", choice: { environment: "docker", network: { mode: "nat" } } },
  { title: "Docker, macvlan", choice: { environment: "docker", network: { mode: "macvlan" } } },
  { title: "KVM, bridge, vhost-net", choice: guest("bridge", "on") },
  { title: "KVM, bridge, without vhost-net", choice: guest("bridge", "off") },
  { title: "KVM, macvtap, vhost-net", choice: guest("direct", "on") },
  { title: "KVM, macvtap, without vhost-net", choice: guest("direct", "off") },
  { title: "KVM, user-mode", choice: guest("user", "off") },
];

export function PathSection({ choice, lab, facts, uses }: PathSectionProps) {
  const [other, setOther] = useState("");
  const compared = all.find(({ title }) => title === other);
  const paths = useMemo(() => {
    const path = (each: NetworkChoice) => packetPath(each, lab, facts, uses);
    return { chosen: path(choice), compared: compared === undefined ? null : path(compared.choice) };
  }, [choice, compared, lab, facts, uses]);
  return (
    <Section
      title="Path of a packet"
      aside={
        <Select
          aria-label="Compare with the path of"
          value={other}
          onChange={(value) => setOther(value ?? "")}
          data={[
            { value: "", label: "compare with…" },
            ...all.map(({ title }) => ({ value: title, label: title })),
          ]}
          w={230}
        />
      }
    >
      <p className={styles.lead}>
        {compared === undefined
          ? "From the load generator's program to the server; replies go the same way back."
          : "From the interface of the system under test to the server; before it, all paths are the same."}{" "}
        Rounded boxes are programs in user space.
      </p>
      <div className={styles.paths}>
        <PathFigure title="Path that is chosen" path={paths.chosen} compared={paths.compared !== null} />
        {paths.compared === null ? null : <PathFigure title={other} path={paths.compared} compared />}
      </div>
    </Section>
  );
}
