// A lab: the pair of machines that a campaign measures on, and how they are reached.
import { z } from "zod";
import {
  addressSchema,
  cidrSchema,
  hostPathSchema,
  idSchema,
  interfaceNameSchema,
  lineSchema,
  portSchema,
  userSchema,
} from "./text.ts";

/** How Tare logs in. Passphrases and passwords are asked for when needed and never stored in a lab. */
export const authSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("agent") }),
  z.strictObject({
    kind: z.literal("key"),
    path: z.string().min(1, "must name a private key file").max(1024),
  }),
  z.strictObject({ kind: z.literal("password") }),
]);
export type Auth = z.infer<typeof authSchema>;

/** One SSH server and the account on it. */
export const endpointSchema = z.strictObject({
  address: addressSchema,
  port: portSchema,
  user: userSchema,
  auth: authSchema,
});
export type Endpoint = z.infer<typeof endpointSchema>;

export const hostRoles = ["sut", "loadgen"] as const;
export const hostRoleSchema = z.enum(hostRoles);
export type HostRole = z.infer<typeof hostRoleSchema>;

/** Where something runs or was observed: a host of the lab, or a guest on the SUT. */
export const machineSchema = z.enum(["sut", "loadgen", "guest"]);
export type Machine = z.infer<typeof machineSchema>;

export const hostSchema = endpointSchema.extend({
  /** The host through which this one is reached (ProxyJump). */
  jump: endpointSchema.optional(),
  /** `root`: the account is root. `sudo`: root work goes through `sudo -n`. */
  become: z.enum(["root", "sudo"]),
  /** Address that benchmark traffic uses; may differ from the address for SSH. */
  dataAddress: addressSchema,
  /** Interface that carries `dataAddress`; found from the facts where it is not given. */
  dataInterface: interfaceNameSchema.optional(),
});
export type Host = z.infer<typeof hostSchema>;

export const labSchema = z.strictObject({
  id: idSchema,
  name: lineSchema,
  sut: hostSchema,
  loadgen: hostSchema,
  /** How guests join the data network. */
  guest: z.strictObject({
    /** Address that a guest is given on the data network. */
    address: cidrSchema,
    /** A bridge that exists on the SUT; without it Tare makes one over the data interface and undoes it. */
    bridge: interfaceNameSchema.optional(),
  }),
  /** The root file system of all environments: built on the SUT, or a tar archive that is there already. */
  userland: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("build") }),
    z.strictObject({ kind: z.literal("archive"), path: hostPathSchema }),
  ]),
  /** True for the built-in lab: both hosts are namespaces of one machine, so its figures are only for trying Tare. */
  demo: z.boolean(),
});
export type Lab = z.infer<typeof labSchema>;
