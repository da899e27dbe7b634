// A serial number as it is typed, compared with the device's own: said while typing, so that a slip is seen at once.

export interface SerialComparison {
  readonly state: "empty" | "begun" | "right" | "wrong" | "unknown";
  /** One sentence for beside the field; empty where there is nothing to say. */
  readonly text: string;
}

/** `serial`: null where neither the facts nor a proof tell it. Blanks around what was typed do not count. */
export function compareSerial(typed: string, serial: string | null): SerialComparison {
  const given = typed.trim();
  if (given === "") return { state: "empty", text: "" };
  if (serial === null)
    return {
      state: "unknown",
      text: "Nothing is known yet to compare it with; the proof before each session does.",
    };
  if (given === serial) return { state: "right", text: "It is the device's serial number." };
  let agreed = 0;
  while (agreed < serial.length && given[agreed] === serial[agreed]) agreed += 1;
  if (agreed === given.length)
    return { state: "begun", text: `${agreed} of ${serial.length} characters, so far the same.` };
  return {
    state: "wrong",
    text: `It is not the serial number of this device: character ${agreed + 1} differs.`,
  };
}
