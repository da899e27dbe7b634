// The networking mode wizard: how traffic from the load generator reaches a server in the environment.
import { useFormContext, useWatch } from "react-hook-form";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { Axis, SelectField } from "#renderer/wizards/fields/form-fields.tsx";
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import { offered } from "../use-offers.ts";

export function NetworkStep(props: StepProps) {
  const environment = useEnvironment(props.index);
  return (
    <Section title="Network">
      {environment === "native" ? <p>Programs use the host's own stack.</p> : null}
      {environment === "docker" ? <DockerNetwork {...props} /> : null}
      {environment === "kvm" ? <GuestNetwork {...props} /> : null}
    </Section>
  );
}

function DockerNetwork({ index, offers, facts }: StepProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}.network` as const;
  const mode = useWatch({ control, name: `${prefix}.mode` });
  const proxy = facts.sut?.docker?.userlandProxy ?? null;
  return (
    <Axis title="Container">
      <SelectField
        name={`${prefix}.mode`}
        label="Network"
        description="How traffic enters"
        data={offered(offers, "network.mode", [
          ["host", "the host's stack"],
          ["nat", "bridge, NAT, published ports"],
          ["macvlan", "macvlan on the data interface"],
        ])}
      />
      {mode === "nat" ? (
        <SelectField
          name={`${prefix}.userlandProxy`}
          label="Userland proxy"
          description="Docker's daemon is restarted"
          data={[
            { value: "", label: `as the daemon has it${proxy === null ? "" : proxy ? " (on)" : " (off)"}` },
            { value: "on", label: "on" },
            { value: "off", label: "off" },
          ]}
        />
      ) : null}
    </Axis>
  );
}

function GuestNetwork({ index, offers }: StepProps) {
  const { control } = useFormContext<CampaignForm>();
  const prefix = `configurations.${index}.network` as const;
  const mode = useWatch({ control, name: `${prefix}.mode` });
  return (
    <Axis title="Guest">
      <SelectField
        name={`${prefix}.mode`}
        label="Network"
        description="How traffic enters"
        data={offered(offers, "network.mode", [
          ["bridge", "virtio on a bridge"],
          ["direct", "macvtap on the data interface"],
          ["user", "QEMU's user-mode network"],
        ])}
      />
      {mode === "user" ? null : (
        <SelectField
          name={`${prefix}.vhost`}
          label="vhost-net"
          description="Packets moved by the kernel"
          data={offered(offers, "network.vhost", [
            ["auto", "where the host offers it"],
            ["on", "on"],
            ["off", "off"],
          ])}
        />
      )}
    </Axis>
  );
}
