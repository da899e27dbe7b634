// An id that nothing in a list has yet.

/** The wanted one, else the first of `<wanted>-2`, `<wanted>-3` that is free. */
export function freeId(wanted: string, taken: readonly { readonly id: string }[]): string {
  const base = wanted.replace(/-\d+$/, "");
  let id = wanted;
  for (let count = 2; taken.some((other) => other.id === id); count += 1) id = `${base}-${count}`;
  return id;
}
