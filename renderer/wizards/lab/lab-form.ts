// The form of a lab: every field as it is typed, and the way to a Lab and back.
import { z } from "zod";
import { labSchema, type Auth, type Endpoint, type Host, type Lab } from "#shared/model/lab.ts";
import type { SshConfigEntry } from "#shared/contract/labs.ts";

const authFormSchema = z.object({ kind: z.enum(["agent", "key", "password"]), path: z.string() });

const endpointFormSchema = z.object({
  address: z.string(),
  port: z.string(),
  user: z.string(),
  auth: authFormSchema,
});

const hostFormSchema = endpointFormSchema.extend({
  throughJump: z.boolean(),
  jump: endpointFormSchema,
  become: z.enum(["root", "sudo"]),
  dataAddress: z.string(),
  dataInterface: z.string(),
});

export const labFormSchema = z.object({
  name: z.string(),
  sut: hostFormSchema,
  loadgen: hostFormSchema,
  guest: z.object({ address: z.string(), bridge: z.string() }),
  userland: z.object({ kind: z.enum(["build", "archive"]), path: z.string() }),
});

export type EndpointForm = z.infer<typeof endpointFormSchema>;
export type HostForm = z.infer<typeof hostFormSchema>;
export type LabForm = z.infer<typeof labFormSchema>;

/** Checks a form as a Lab; the paths of its issues are the paths of the form's fields. */
export function labFormChecker(rest: Pick<Lab, "id" | "demo">): z.ZodType<Lab, LabForm> {
  return z
    .custom<LabForm>()
    .transform((form) => toLab(form, rest))
    .pipe(labSchema) as z.ZodType<Lab, LabForm>;
}

const emptyEndpoint: EndpointForm = {
  address: "",
  port: "22",
  user: "root",
  auth: { kind: "agent", path: "" },
};

const emptyHost: HostForm = {
  ...emptyEndpoint,
  throughJump: false,
  jump: emptyEndpoint,
  become: "root",
  dataAddress: "",
  dataInterface: "",
};

export const emptyLabForm: LabForm = {
  name: "",
  sut: emptyHost,
  loadgen: emptyHost,
  guest: { address: "", bridge: "" },
  userland: { kind: "build", path: "" },
};

export function toLabForm(lab: Lab): LabForm {
  return {
    name: lab.name,
    sut: toHostForm(lab.sut),
    loadgen: toHostForm(lab.loadgen),
    guest: { address: lab.guest.address, bridge: lab.guest.bridge ?? "" },
    userland: { kind: lab.userland.kind, path: lab.userland.kind === "archive" ? lab.userland.path : "" },
  };
}

function toHostForm(host: Host): HostForm {
  return {
    ...toEndpointForm(host),
    throughJump: host.jump !== undefined,
    jump: host.jump === undefined ? emptyEndpoint : toEndpointForm(host.jump),
    become: host.become,
    dataAddress: host.dataAddress,
    dataInterface: host.dataInterface ?? "",
  };
}

function toEndpointForm({ address, port, user, auth }: Endpoint): EndpointForm {
  return {
    address,
    port: String(port),
    user,
    auth: { kind: auth.kind, path: auth.kind === "key" ? auth.path : "" },
  };
}

/** What an entry of ~/.ssh/config says of a host; the rest of the form stays as it is. */
export function withSshConfig(host: HostForm, entry: SshConfigEntry): HostForm {
  return {
    ...host,
    ...toEndpointForm(entry.endpoint),
    throughJump: entry.jump !== undefined,
    jump: entry.jump === undefined ? host.jump : toEndpointForm(entry.jump),
    become: entry.endpoint.user === "root" ? "root" : "sudo",
    dataAddress: host.dataAddress === "" ? entry.endpoint.address : host.dataAddress,
  };
}

type Unchecked<T> = { readonly [K in keyof T]: unknown };

function toLab(form: LabForm, rest: Pick<Lab, "id" | "demo">): Unchecked<Lab> {
  const { name, guest, userland } = form;
  return {
    ...rest,
    name,
    sut: toHost(form.sut),
    loadgen: toHost(form.loadgen),
    guest: { address: guest.address, ...optional("bridge", guest.bridge) },
    userland: userland.kind === "build" ? { kind: "build" } : userland,
  };
}

function toHost(form: HostForm): unknown {
  return {
    ...toEndpoint(form),
    ...(form.throughJump ? { jump: toEndpoint(form.jump) } : {}),
    become: form.become,
    dataAddress: form.dataAddress,
    ...optional("dataInterface", form.dataInterface),
  };
}

function toEndpoint({ address, port, user, auth }: EndpointForm): Record<string, unknown> {
  return { address, port: toNumber(port), user, auth: toAuth(auth) };
}

function toAuth({ kind, path }: EndpointForm["auth"]): Auth {
  return kind === "key" ? { kind, path: path.trim() } : { kind };
}

/** A whole number as it was typed; anything else stays text, and the schema says what it must be. */
function toNumber(text: string): number | string {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : text;
}

function optional(key: string, text: string): Record<string, string> {
  return text.trim() === "" ? {} : { [key]: text.trim() };
}

/** An id from a name, different from those that are taken. */
export function labIdOf(name: string, taken: ReadonlySet<string>): string {
  const slug = name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
  const base = slug === "" ? "lab" : slug;
  let id = base;
  for (let count = 2; taken.has(id) || id === "new"; count += 1) id = `${base}-${count}`;
  return id;
}
