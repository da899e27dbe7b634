// Leads the keyboard to a field of a form by its dotted name, also where several elements, or a part of one, stand for it.

const focusable = ["input:enabled", "textarea:enabled", "select:enabled", "button:enabled", "[tabindex]"]
  .map((each) => `${each}:not([tabindex="-1"])`)
  .join(", ");

/**
 * `setFocus` is the form's own way, which reaches fields that it registered and that are shown. Others are found by
 * their `name` or `data-field`; where there is none, the part is taken that the field is inside of.
 */
export function focusField(field: string, setFocus: (field: string) => void): void {
  const before = document.activeElement;
  setFocus(field);
  if (document.activeElement !== before) return;
  const steps = field.split(".");
  for (let length = steps.length; length > 0; length -= 1) {
    const found = targetIn(elementOf(steps.slice(0, length).join(".")));
    if (found === null) continue;
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "center" });
    return;
  }
}

function elementOf(name: string): HTMLElement | null {
  const own = CSS.escape(name);
  return document.querySelector<HTMLElement>(`[name="${own}"]:not([type="radio"]), [data-field="${own}"]`);
}

/** The element itself, or what can have the focus inside of it: what is chosen before all else. */
function targetIn(element: HTMLElement | null): HTMLElement | null {
  if (element === null || element.matches(focusable)) return element;
  return element.querySelector<HTMLElement>("input:checked") ?? element.querySelector<HTMLElement>(focusable);
}
