// The fields of a lab's form that cannot be used, as words.

export interface WrongField {
  /** Dotted path. */
  readonly field: string;
  /** `System under test, address: must be a host name or an IP address`. */
  readonly text: string;
}

const words: Readonly<Record<string, string>> = {
  sut: "System under test",
  loadgen: "Load generator",
  guest: "Guests",
  userland: "Userland",
  name: "Name",
  jump: "jump host",
  address: "address",
  port: "port",
  user: "account",
  auth: "log-in",
  path: "path",
  dataAddress: "data address",
  dataInterface: "data interface",
  bridge: "bridge",
};

/** Every message in the errors of the form, in the order of its fields. */
export function wrongFields(errors: object, path: readonly string[] = []): readonly WrongField[] {
  return Object.entries(errors).flatMap(([key, value]: [string, unknown]): readonly WrongField[] => {
    if (key === "ref" || typeof value !== "object" || value === null) return [];
    const own = [...path, key];
    if ("message" in value && typeof value.message === "string")
      return [
        {
          field: own.join("."),
          text: `${own.map((each) => words[each] ?? each).join(", ")}: ${value.message}`,
        },
      ];
    return wrongFields(value, own);
  });
}
