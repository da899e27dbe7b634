// The networking modes of containers and guests to choose from, and what each has to be decided besides.
import { useFormContext, useWatch } from "react-hook-form";
import type { Facts } from "#shared/model/facts.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { ChoiceCards } from "#renderer/wizards/fields/choice-cards.tsx";
import type { StepProps } from "../step-props.ts";
import styles from "./network-step.module.css";

const dockerModes = [
  ["host", "host's stack", "No network of its own: the server listens on the host's addresses."],
  ["nat", "bridge, NAT, published ports", "Docker's default: docker0, with each port translated (DNAT)."],
  ["macvlan", "macvlan", "An address of its own on the data interface, past the host's bridges and rules."],
] as const;

const guestModes = [
  ["bridge", "virtio on a bridge", "An address of its own through a Linux bridge and a tap device."],
  ["direct", "macvtap", "An address of its own on the data interface itself, without a bridge."],
  ["user", "user-mode (slirp)", "No address: QEMU ends each connection and makes another to the guest."],
] as const;

export function DockerModes({ index, offers, facts }: StepProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}.network` as const;
  const mode = useWatch({ control, name: `${prefix}.mode` });
  return (
    <div className={styles.choices}>
      <ChoiceCards
        name={`${prefix}.mode`}
        label="Network of the container"
        options={dockerModes.map(([value, title, words]) => ({
          value,
          title,
          words,
          reason: offers("network.mode", value),
        }))}
      />
      {mode === "nat" ? (
        <ChoiceCards
          name={`${prefix}.userlandProxy`}
          label="Userland proxy"
          description={proxyText(facts.sut)}
          options={proxyOptions(facts.sut)}
        />
      ) : null}
    </div>
  );
}

export function GuestModes({ index, offers, facts }: StepProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}.network` as const;
  const mode = useWatch({ control, name: `${prefix}.mode` });
  const known = (value: string) => (value === "direct" || value === "user" ? value : "bridge");
  return (
    <div className={styles.choices}>
      <ChoiceCards
        name={`${prefix}.mode`}
        label="Network of the guest"
        meaning={known}
        options={guestModes.map(([value, title, words]) => ({
          value,
          title,
          words,
          reason: offers("network.mode", value),
        }))}
      />
      {mode === "user" ? null : (
        <ChoiceCards
          name={`${prefix}.vhost`}
          label="vhost-net"
          description="Who moves packets between the host's device and the guest's memory"
          options={[
            { value: "auto", title: "auto", words: autoText(facts.sut), reason: null },
            {
              value: "on",
              title: "on",
              words: "A thread of the kernel, with one copy.",
              reason: offers("network.vhost", "on"),
            },
            {
              value: "off",
              title: "off",
              words: "QEMU itself, with two copies and system calls.",
              reason: null,
            },
          ]}
        />
      )}
    </div>
  );
}

function autoText(facts: Facts | null): string {
  if (facts === null) return "The kernel's thread where the SUT has it, else QEMU.";
  return facts.vhostNet
    ? `The kernel's thread: ${facts.hostname} has /dev/vhost-net.`
    : `QEMU itself: ${facts.hostname} has no /dev/vhost-net.`;
}

function proxyText(facts: Facts | null): string {
  const has = facts?.docker?.userlandProxy ?? null;
  if (facts === null || has === null) return "A setting of Docker's daemon; how it is set is not known";
  return `A setting of Docker's daemon; on ${facts.hostname} it is ${has ? "on" : "off"}`;
}

function proxyOptions(facts: Facts | null) {
  const has = facts?.docker?.userlandProxy ?? null;
  const change = (mode: boolean) =>
    has === null
      ? "Docker's daemon is restarted where it is set otherwise."
      : has === mode
        ? "As it is already; nothing is restarted."
        : "Docker's daemon is restarted before and after each session.";
  return [
    { value: "", title: "as the daemon has it", words: "Nothing is changed.", reason: null },
    { value: "on", title: "on", words: change(true), reason: null },
    { value: "off", title: "off", words: change(false), reason: null },
  ];
}
