// The pinning wizard: CPUs on the machine as it is, memory's NUMA policy, and for a guest its vCPUs and their topology.
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import { CpuSection } from "./cpu-section.tsx";
import { GuestSection } from "./guest-section.tsx";
import { MemorySection } from "./memory-section.tsx";

export function PinningStep(props: StepProps) {
  const environment = useEnvironment(props.index);
  return (
    <>
      <CpuSection {...props} />
      <MemorySection {...props} />
      {environment === "kvm" ? <GuestSection {...props} /> : null}
    </>
  );
}
