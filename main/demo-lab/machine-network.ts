// What this machine already routes and where a lab's packets would go: read with `ip`, judged here.
import { z } from "zod";
import { TareError } from "#shared/model/error.ts";
import { mustRun } from "./child.ts";
import { benchmarkRange } from "./names.ts";

const routeSchema = z.object({
  type: z.string().optional(),
  dst: z.string(),
  dev: z.string().optional(),
  gateway: z.string().optional(),
});
type Route = z.infer<typeof routeSchema>;

interface Range {
  readonly first: number;
  readonly last: number;
}

/** The blackhole for the labs' range: packets for a lab that is not there die on this machine. It stays. */
export async function ensureBlackhole(signal: AbortSignal): Promise<void> {
  const find = async () => {
    const all = await routes([], signal);
    return all.find(({ dst }) => dst === benchmarkRange);
  };
  if ((await find()) === undefined) {
    // Another lab may do the same at this moment; what counts is that the route is there afterwards.
    await mustRun("Closing the labs' address range", ["ip", "route", "replace", "blackhole", benchmarkRange]);
  }
  const route = await find();
  if (route?.type !== "blackhole")
    throw new TareError(
      "UNSUPPORTED",
      `This machine routes ${benchmarkRange}, the range of the demo lab, elsewhere. Remove that route to use the demo lab.`,
      { detail: JSON.stringify(route) },
    );
}

/** True where no address and no route of this machine, but the default and the labs' blackhole, overlaps the range. */
export async function rangeIsFree(range: string, signal: AbortSignal): Promise<boolean> {
  const wanted = rangeOf(range);
  const taken = (await routes(["table", "all"], signal)).filter(
    ({ dst, type }) => dst !== "default" && !(type === "blackhole" && dst === benchmarkRange),
  );
  return !taken.some(({ dst }) => /^\d+\./.test(dst) && overlap(rangeOf(dst), wanted));
}

/** Throws unless this machine, or the namespace that is named, would send a packet for `address` out of `device` itself. */
export async function mustLeaveBy(options: {
  readonly address: string;
  readonly device: string;
  readonly namespace?: string;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { address, device, namespace, signal } = options;
  const where = namespace === undefined ? [] : ["-n", namespace];
  const step = `Checking the way to ${address}`;
  const { stdout } = await mustRun(step, ["ip", ...where, "-j", "route", "get", address], { signal });
  const route = z.array(routeSchema).parse(JSON.parse(stdout))[0];
  if (route?.dev === device && route.gateway === undefined) return;
  throw new TareError(
    "UNSUPPORTED",
    `Packets for ${address} would not stay on the demo lab's link ${device}. Nothing was sent.`,
    { detail: stdout },
  );
}

async function routes(filter: readonly string[], signal: AbortSignal): Promise<Route[]> {
  const step = "Reading this machine's routes";
  const { stdout } = await mustRun(step, ["ip", "-4", "-j", "route", "show", ...filter], { signal });
  return z.array(routeSchema).parse(JSON.parse(stdout === "" ? "[]" : stdout));
}

function rangeOf(cidr: string): Range {
  const [address = "", bits = "32"] = cidr.split("/");
  const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return { first, last: first + 2 ** (32 - Number(bits)) - 1 };
}

function overlap(left: Range, right: Range): boolean {
  return left.first <= right.last && right.first <= left.last;
}
