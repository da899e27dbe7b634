// The tool chain runs TypeScript as it is, which old versions of Node do not.

const oldest = 24;

/** Ends the process with a sentence where Node is too old; `npm run` uses the Node that `npm ci` installed. */
export function requireNode(): void {
  if (Number(process.versions.node.split(".")[0]) >= oldest) return;
  process.stderr.write(
    `This needs Node ${oldest}; ${process.version} runs it. Use npm run, which takes the Node that npm ci installed, or install Node ${oldest}.\n`,
  );
  process.exit(1);
}
