// Labs that cannot be used and names that look like commands: a clear error, nothing executed, nothing lost.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Lab } from "#shared/model/lab.ts";
import { hostRoles } from "#shared/model/lab.ts";
import { withDemoLab } from "../lab.ts";
import { type DataFolder, newDataFolder } from "./core-process.ts";
import { completes } from "./expect-each-run-once.ts";
import { describeHosts, expectHosts } from "./host-traces.ts";
import { shortConditions, smallDraft } from "./small-campaign.ts";

const fixture = withDemoLab();
const folders: DataFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

const spoiled: readonly { name: string; code: string; status: number; spoil: (lab: Lab) => Lab }[] = [
  {
    name: "a closed port",
    code: "ADDRESS_UNREACHABLE",
    status: 3,
    spoil: (lab) => ({ ...lab, sut: { ...lab.sut, port: 23 } }),
  },
  {
    name: "an address that is nobody's",
    code: "ADDRESS_UNREACHABLE",
    status: 3,
    spoil: (lab) => ({ ...lab, loadgen: { ...lab.loadgen, address: "198.18.255.254" } }),
  },
  {
    name: "a key file that is not there",
    code: "AUTHENTICATION_FAILED",
    status: 3,
    spoil: (lab) => ({ ...lab, sut: { ...lab.sut, auth: { kind: "key", path: "/nowhere/$(touch x)" } } }),
  },
  {
    name: "an account that the host does not know",
    code: "AUTHENTICATION_FAILED",
    status: 3,
    spoil: (lab) => ({ ...lab, loadgen: { ...lab.loadgen, user: "nobody-here" } }),
  },
  {
    name: "an account that may not become root",
    code: "ROOT_REFUSED",
    status: 4,
    spoil: (lab) => ({ ...lab, sut: { ...lab.sut, user: "plain", become: "sudo" } }),
  },
];

test.each(spoiled)(
  "$name ends the campaign with $code before anything is touched",
  async ({ code, status, spoil }) => {
    const { lab } = fixture;
    const data = newDataFolder(lab);
    folders.push(data);
    const before = await describeHosts(lab);
    const id = await data.create(smallDraft(lab.demo.lab, ["native"]), spoil(lab.demo.lab));
    const end = await data.resume(id).ended;
    const { events } = await data.content(id);
    expect(events.at(-1), end.printed).toMatchObject({ outcome: "failed", failure: { code } });
    expect(end.status, end.printed).toBe(status);
    expect(end.printed).toContain(events.at(-1)?.type === "campaign-ended" ? messageOf(events.at(-1)) : "?");
    await expectHosts(lab, before);
  },
);

function messageOf(event: unknown): string {
  return (event as { failure?: { message: string } }).failure?.message ?? "?";
}

test("names that look like commands stay names, and a data folder may be called anything", async () => {
  const { lab } = fixture;
  const witness = join(tmpdir(), `tare-witness-${process.pid}`);
  const hostile = `a 'b' "c" $(touch ${witness}) \`touch ${witness}\`; touch ${witness} & # \\ %s {before} é`;
  const parent = mkdtempSync(join(tmpdir(), "tare-test-names-"));
  const path = join(parent, `x ' " $(touch y)\n;z`);
  mkdirSync(path);
  const data = newDataFolder(lab, path);
  const before = await describeHosts(lab);
  const draft = smallDraft(lab.demo.lab, ["native", "docker-nat"], {
    name: hostile,
    conditions: [{ ...shortConditions.stream, label: hostile }],
  });
  const configurations = draft.configurations.map((each) => ({ ...each, label: hostile }));
  const id = await data.create({ ...draft, configurations }, { ...lab.demo.lab, name: hostile });
  await completes(data, id);
  expect((await data.content(id)).campaign.name).toBe(hostile);
  for (const role of hostRoles) expect(await lab.ssh(role, `ls ${witness}`)).toMatchObject({ status: 2 });
  expect(existsSync(witness)).toBe(false);
  await expectHosts(lab, before);
  rmSync(parent, { recursive: true });
});
