// Instants as text: local time in ISO order, which sorts as it reads.

const two = (value: number) => String(value).padStart(2, "0");

/** `2026-11-24 06:30` in local time. */
export function instantText(iso: string): string {
  const at = new Date(iso);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** `just now`, `5 minutes ago`, `3 days ago`. */
export function ageText(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < 60) return "less than a minute ago";
  const units = [
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
  ] as const;
  for (const [size, name] of units) {
    if (seconds < size) continue;
    const count = Math.floor(seconds / size);
    return `${count} ${name}${count === 1 ? "" : "s"} ago`;
  }
  return "less than a minute ago";
}

/** `06:30`, or with the date where the day is another than that of `now`. */
export function clockText(iso: string, now: number): string {
  const text = instantText(iso);
  return text.slice(0, 10) === instantText(new Date(now).toISOString()).slice(0, 10) ? text.slice(11) : text;
}
