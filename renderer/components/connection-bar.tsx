// A quiet bar while the window does not reach the core; campaigns go on without it.
import { Loader } from "@mantine/core";
import { useConnection } from "#renderer/stores/connection-store.ts";
import styles from "./connection-bar.module.css";

export function ConnectionBar() {
  const status = useConnection((state) => state.status);
  const generation = useConnection((state) => state.generation);
  return (
    <output className={styles.region}>
      {status === "lost" ? (
        <div className={styles.bar}>
          <Loader size={12} color="currentColor" />
          {generation === 0
            ? "The core does not answer yet; trying again."
            : "Connection to the core lost, reconnecting. A campaign that runs is not affected."}
        </div>
      ) : null}
    </output>
  );
}
