// The reservation of a configuration of the campaign's form, and the way to change it.
import { useFormContext, useWatch } from "react-hook-form";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import type { ReservationForm } from "./reservation-form.ts";

const reservationFields = ["hugePages2M", "hugePages1G", "hugePagesNode", "perNode"] as const;

export function useReservation(index: number): readonly [ReservationForm, (next: ReservationForm) => void] {
  const { control, setValue, trigger } = useFormContext<CampaignForm>();
  const { hugePages2M, hugePages1G, hugePagesNode, perNode } = useWatch({
    control,
    name: `configurations.${index}.pages`,
  });
  const prefix = `configurations.${index}.pages` as const;
  const options = { shouldDirty: true, shouldTouch: true };
  return [
    { hugePages2M, hugePages1G, hugePagesNode, perNode },
    (next) => {
      setValue(`${prefix}.hugePages2M`, next.hugePages2M, options);
      setValue(`${prefix}.hugePages1G`, next.hugePages1G, options);
      setValue(`${prefix}.hugePagesNode`, next.hugePagesNode, options);
      setValue(`${prefix}.perNode`, next.perNode, options);
      void trigger(reservationFields.map((field) => `${prefix}.${field}` as const));
    },
  ];
}
