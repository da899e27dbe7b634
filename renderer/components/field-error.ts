// The message at a field of a form, found by its dotted path.

export function fieldError(errors: unknown, path: string): string | undefined {
  let value = errors;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  if (typeof value !== "object" || value === null) return undefined;
  const own: unknown = Reflect.get(value, "message");
  if (typeof own === "string") return own;
  // A field that stands for a list or an object: the first message inside.
  for (const step of Object.keys(value)) {
    if (step === "ref") continue;
    const inner = fieldError(value, step);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
