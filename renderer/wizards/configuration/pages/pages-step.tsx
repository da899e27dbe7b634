// The huge pages wizard: transparent pages, reserved pages by node, a guest's memory from them, and who uses them.
import { ApplyNow } from "../apply-now.tsx";
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import { GuestSection } from "./guest-section.tsx";
import { OneGibSection } from "./one-gib-section.tsx";
import { ReservationSection } from "./reservation-section.tsx";
import { TransparentSection } from "./transparent-section.tsx";
import { UsersSection } from "./users-section.tsx";
import { useReservation } from "./use-reservation.ts";

export function PagesStep(props: StepProps) {
  const environment = useEnvironment(props.index);
  const [form] = useReservation(props.index);
  const { sut } = props.facts;
  return (
    <>
      <TransparentSection {...props} />
      <ReservationSection {...props} />
      {environment === "kvm" ? <GuestSection {...props} /> : null}
      <UsersSection {...props} />
      {sut === null ? null : <OneGibSection facts={sut} form={form} />}
      <ApplyNow lab={props.lab} configuration={props.configuration} />
    </>
  );
}
