// Progress of work that a person waits for: what is being done, and the share that is done where it is known.

/** `share` is 0 to 1, or null where it is unknown. */
export type Progress = (stage: string, share: number | null) => void;

/** Reads the lines that dpkg prints while it installs packages; each package is unpacked once and set up once. */
export function installProgress(stage: string, onProgress: Progress): (line: string) => void {
  let steps = 0;
  let done = 0;
  return (line) => {
    const added = /\b(\d+) newly installed/.exec(line)?.[1];
    if (added !== undefined) steps += 2 * Number(added);
    if (/^(Unpacking|Setting up) /.test(line)) done += 1;
    else return;
    onProgress(stage, steps === 0 ? null : Math.min(1, done / steps));
  };
}
