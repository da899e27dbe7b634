// Whether a TCP port is listened on, from the kernel's own table.

/** State LISTEN in /proc/net/tcp (include/net/tcp_states.h). */
const listen = "0A";

/** `tables`: /proc/net/tcp and /proc/net/tcp6, one after the other. */
export function listensOn(tables: string, port: number): boolean {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return tables.split("\n").some((line) => {
    const [, local, , state] = line.trim().split(/\s+/);
    return state === listen && local?.endsWith(suffix) === true;
  });
}
