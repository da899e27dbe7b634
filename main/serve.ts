// Entry: the core behind loopback HTTP, for a browser. Prints the address to open and stays until it is ended.
import { parseArgs } from "node:util";
import { serveUntilEnded } from "./web/serve-until-ended.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
await serveUntilEnded({ port: Number(values.port), shellReason: null, openCampaign: null });
