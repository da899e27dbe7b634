// Reservations that need no typing, for one node, for each of them, or for the whole host.
import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { pagesForGuest } from "#shared/environments/guest-pages.ts";
import { pageText } from "#shared/environments/huge-page-pools.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Offers } from "../use-offers.ts";
import { quickPicks } from "./quick-picks.ts";
import { sizeField, toReservationForm, withCount, type ReservationForm } from "./reservation-form.ts";
import styles from "./pages-step.module.css";

interface QuickPicksProps {
  /** Nodes to choose among; null where numbers are for the whole host. */
  readonly nodes: readonly number[] | null;
  readonly form: ReservationForm;
  readonly facts: Facts | null;
  readonly offers: Offers;
  readonly configuration: Configuration | null;
  readonly onChange: (next: ReservationForm) => void;
}

export function QuickPicks({ nodes, form, facts, offers, configuration, onChange }: QuickPicksProps) {
  const [target, setTarget] = useState("all");
  const places =
    nodes === null ? [null] : nodes.filter((node) => target === "all" || target === String(node));
  return (
    <div className={styles.picks}>
      {nodes === null || nodes.length < 2 ? null : (
        <div className={styles.pickRow}>
          <span className={styles.pickLabel}>Set at once</span>
          <SegmentedControl
            aria-label="Nodes that a quick choice sets"
            value={target}
            onChange={setTarget}
            data={[
              { value: "all", label: "each node" },
              ...nodes.map((node) => ({ value: String(node), label: `node ${node}` })),
            ]}
          />
        </div>
      )}
      {([2048, 1_048_576] as const).map((size) => {
        const refused = offers(`pages.${sizeField(size)}`);
        return (
          <div
            key={size}
            role="group"
            aria-label={`Pages of ${pageText(size)} at once`}
            className={styles.pickRow}
          >
            <span className={styles.pickLabel}>{pageText(size)}</span>
            {quickPicks(size, facts).map(({ label, text }) => (
              <Button
                key={label}
                variant="default"
                size="compact-xs"
                disabled={refused !== null && label !== "As it is"}
                onClick={() =>
                  onChange(
                    places.reduce(
                      (next: ReservationForm, node) => withCount(next, size, node, text(node)),
                      form,
                    ),
                  )
                }
              >
                {label}
              </Button>
            ))}
            {refused === null ? null : <span className={styles.refused}>{refused}</span>}
          </div>
        );
      })}
      {configuration?.environment === "kvm" && facts !== null ? (
        <div className={styles.pickRow}>
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => onChange(toReservationForm(pagesForGuest(configuration, facts)))}
          >
            What the guest needs
          </Button>
        </div>
      ) : null}
    </div>
  );
}
