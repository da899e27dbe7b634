// Addresses that the last probe saw on a host: a click takes address and interface into the form.
import { useFormContext } from "react-hook-form";
import type { Facts } from "#shared/model/facts.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { dataAddressOffers } from "#shared/plan/lab-suggestions.ts";
import type { LabForm } from "./lab-form.ts";
import styles from "./address-choices.module.css";

export function AddressChoices({ host, facts }: { readonly host: HostRole; readonly facts: Facts | null }) {
  const { setValue, watch } = useFormContext<LabForm>();
  const [address, nic] = watch([`${host}.dataAddress`, `${host}.dataInterface`]);
  const offers = facts === null ? [] : dataAddressOffers(facts);
  if (offers.length === 0) return null;
  const write = { shouldDirty: true, shouldTouch: true, shouldValidate: true };
  return (
    <fieldset className={styles.choices}>
      <legend>Addresses seen there</legend>
      {offers.map((offer) => (
        <button
          key={`${offer.interface} ${offer.address}`}
          type="button"
          className={styles.choice}
          aria-pressed={
            address.trim() === offer.address && (nic.trim() === "" || nic.trim() === offer.interface)
          }
          onClick={() => {
            setValue(`${host}.dataAddress`, offer.address, write);
            setValue(`${host}.dataInterface`, offer.interface, write);
          }}
        >
          <code>{offer.address}</code>
          <span>{`${offer.interface}, ${offer.text}`}</span>
        </button>
      ))}
    </fieldset>
  );
}
