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
  // An error of a list as a whole.
  const root: unknown = Reflect.get(value, "root");
  return typeof root === "object" && root !== null && "message" in root ? String(root.message) : undefined;
}
