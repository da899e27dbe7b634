// Whether a preset is meant by what was typed into a filter.

/** Every word of the filter stands somewhere in title or summary, whatever the case. */
export function matchesText(
  filter: string,
  { title, summary }: { readonly title: string; readonly summary: string },
): boolean {
  const text = `${title} ${summary}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
