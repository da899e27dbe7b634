// Where memory comes from: a NUMA policy and its nodes, chosen from those that the machine has.
import { Checkbox } from "@mantine/core";
import { useController, useFormContext, useWatch } from "react-hook-form";
import { formatCpuList, parseCpuList } from "#shared/facts/cpu-list.ts";
import type { EnvironmentName } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { fieldError } from "#renderer/components/field-error.ts";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { ChoiceCards } from "#renderer/wizards/fields/choice-cards.tsx";
import { FieldFindings } from "#renderer/wizards/fields/field-findings.tsx";
import { TextField } from "#renderer/wizards/fields/form-fields.tsx";
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import { memoryText } from "./memory-text.ts";
import { policies, type Policy } from "./policy-words.ts";
import { useFieldWriter } from "./use-field-writer.ts";
import styles from "./pinning-step.module.css";

export function MemorySection({ index, offers, facts }: StepProps) {
  const { control } = useFormContext<CampaignForm>();
  const { write } = useFieldWriter(index);
  const environment = useEnvironment(index);
  const { cpus, memory } = useWatch({ control, name: `configurations.${index}.pinning` });
  const { policy, nodes } = memory;
  const choose = (next: Policy): void => {
    // Nodes that were chosen once stay; else those that make sense of the policy.
    const suggested = facts.sut === null || nodes !== "" ? nodes : usualNodes(next, cpus, facts.sut);
    write({ "pinning.memory.policy": next, "pinning.memory.nodes": suggested });
  };
  return (
    <Section title="Memory">
      <div className={styles.parts} data-field={`configurations.${index}.pinning.memory`}>
        <ChoiceCards
          name={`configurations.${index}.pinning.memory.policy`}
          label="Memory policy"
          options={policies.map(({ value, title, words }) => ({
            value,
            title,
            words: words[environment],
            reason: offers("pinning.memory.policy", value),
          }))}
          onChoose={(value) => choose(value as Policy)}
        />
        {policy === "interleave" || policy === "bind" ? (
          <NodeChoice index={index} sut={facts.sut} nodes={nodes} environment={environment} />
        ) : null}
      </div>
    </Section>
  );
}

interface NodeChoiceProps {
  readonly index: number;
  readonly sut: Facts | null;
  readonly nodes: string;
  readonly environment: EnvironmentName;
}

function NodeChoice({ index, sut, nodes }: NodeChoiceProps) {
  const { control, formState } = useFormContext<CampaignForm>();
  const { write } = useFieldWriter(index);
  const name = `configurations.${index}.pinning.memory.nodes` as const;
  const { field } = useController({ control, name });
  const chosen = parseCpuList(nodes);
  // A list that is none stays in its text field, where it can be put right.
  if (sut === null || sut.memory.nodes.length === 0 || chosen === null)
    return <TextField name={name} label="Memory nodes" description="List of NUMA nodes" placeholder="0,1" />;
  const there = new Map(sut.memory.nodes.map((node) => [node.node, node]));
  const all = [...new Set([...there.keys(), ...chosen])].toSorted((a, b) => a - b);
  const error = fieldError(formState.errors, name);
  return (
    <div>
      <fieldset className={styles.nodes}>
        <legend>Memory nodes</legend>
        {all.map((node, place) => {
          const known = there.get(node);
          return (
            <Checkbox
              key={node}
              ref={place === 0 ? field.ref : undefined}
              label={`Node ${node}`}
              description={
                known === undefined ? `not on ${sut.hostname}` : memoryText(known.freeBytes, known.totalBytes)
              }
              checked={chosen.includes(node)}
              onChange={({ currentTarget: { checked } }) =>
                write({
                  "pinning.memory.nodes": formatCpuList(
                    checked ? [...chosen, node] : chosen.filter((each) => each !== node),
                  ),
                })
              }
            />
          );
        })}
      </fieldset>
      {error === undefined && chosen.length > 0 ? null : (
        <p className={styles.error} role="alert">
          {chosen.length === 0 ? "Choose at least one node." : error}
        </p>
      )}
      <FieldFindings name={name} />
    </div>
  );
}

/** To bind: the nodes of the chosen CPUs; to interleave: all nodes. */
function usualNodes(policy: Policy, cpus: string, { memory }: Facts): string {
  if (policy !== "bind" && policy !== "interleave") return "";
  const chosen = new Set(policy === "bind" ? (parseCpuList(cpus) ?? []) : []);
  const near = memory.nodes.filter((node) => (parseCpuList(node.cpus) ?? []).some((cpu) => chosen.has(cpu)));
  return formatCpuList((near.length === 0 ? memory.nodes : near).map(({ node }) => node));
}
