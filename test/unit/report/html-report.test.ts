// The report in HTML: all of its sections, for the recorded campaign and the paper; hostile texts stay texts.
import { createHash } from "node:crypto";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { rootFolder } from "#main/installation.ts";
import { allDistributions, readCampaignSource } from "#main/report/campaign-source.ts";
import { reportedFigures } from "#main/report/html-report.ts";
import { readClaims } from "#main/library/claims.ts";
import { bibtex, references } from "#shared/report/bibtex.ts";
import { html } from "#shared/report/html/markup.ts";
import type { ReportInputs } from "#shared/report/html/report-inputs.ts";
import { reportPage } from "#shared/report/html/report-page.ts";
import { listText } from "#shared/report/list-text.ts";
import { methodsText } from "#shared/report/methods-text.ts";

const paths = { campaigns: join(rootFolder, "test/fixtures/campaigns"), assets: join(rootFolder, "assets") };
const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");

async function inputsOf(id: string): Promise<ReportInputs> {
  const source = await readCampaignSource(paths, id);
  const { distributions, unreadable } = await allDistributions(paths, source);
  return {
    ...source,
    figures: reportedFigures(source.dataset, distributions),
    claims: await readClaims(paths, id, "measured"),
    unreadable,
    script: 'console.log("</script>")',
    version: "1.2.3",
    madeAt: "2026-01-02T03:04:05.000Z",
    sha256,
  };
}

function sectionsOf(page: string): string[] {
  return [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id = ""]) => id);
}

const common = ["methods", "cautions", "results", "figures", "claims", "design", "reading", "references"];
const measuredOnly = [
  "noise",
  "ladders",
  "start-up",
  "evidence",
  "refused",
  "exclusions",
  "order",
  "commands",
  "hosts",
  "restoration",
];

test("the report of the recorded campaign has every section, each reachable from the navigation", async () => {
  const inputs = await inputsOf("demo-229c51");
  const page = reportPage(inputs);
  const sections = sectionsOf(page);
  expect(sections.toSorted()).toEqual([...common, ...measuredOnly].toSorted());
  for (const id of sections) expect(page).toContain(`<a href="#${id}">`);
  expect(inputs.figures.length).toBeGreaterThan(5);
  for (const { drawn } of inputs.figures) {
    expect(page).toContain(`data-figure="${drawn.light.id}"`);
    expect(page).toContain(`id="${drawn.light.id}-dark"`);
  }
  // Nothing is dropped: the run that failed, and the command of one that did not.
  expect(page).toMatch(/<code>b01-kvm-nuttcp-receive<\/code>/);
  expect(page).toContain("nuttcp -r -fparse -T1 -P5100 -p5101 198.19.46.1");
  expect(page).not.toMatch(/<(link|iframe|object|embed|base|form)\b|\bsrc=|\bstyle="|\son[a-z]+="/);
});

test("the paper's report has every section that it has data for, and each contradiction", async () => {
  const inputs = await inputsOf("felter-2014");
  const page = reportPage(inputs);
  expect(sectionsOf(page).toSorted()).toEqual(common.toSorted());
  expect(inputs.figures.map(({ drawn }) => drawn.light.id)).toEqual(
    expect.arrayContaining(["figure-1", "figure-7", "figure-13", "figure-19"]),
  );
  for (const { title } of inputs.dataset.contradictions) expect(page).toContain(html`${title}`.markup);
});

test("the policy names the script and the style that are in the page, and nothing else", async () => {
  const page = reportPage(await inputsOf("demo-229c51"));
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1]?.replaceAll("&#39;", "'") ?? "";
  const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text = ""]) => text);
  const styles = [...page.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text = ""]) => text);
  expect([scripts.length, styles.length]).toEqual([1, 1]);
  expect(policy).toContain(`script-src 'sha256-${sha256(scripts[0] ?? "")}';`);
  expect(policy).toContain(`style-src 'sha256-${sha256(styles[0] ?? "")}' 'sha256-${sha256("")}';`);
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).not.toContain("unsafe");
});

test("hostile names of campaigns, configurations, conditions and failures are shown as they stand", async () => {
  const evil = `</script><img src=x onerror=alert(1)>"'&<b>`;
  const { measured, ...inputs } = await inputsOf("demo-229c51");
  if (measured === null) throw new Error("the recorded campaign is measured");
  const slots = inputs.dataset.slots.map((slot) => ({ ...slot, label: evil, description: evil }));
  const { campaign, events, state } = measured;
  const page = reportPage({
    ...inputs,
    dataset: { ...inputs.dataset, name: evil, place: evil, slots },
    measured: {
      ...measured,
      campaign: {
        ...campaign,
        name: evil,
        conditions: campaign.conditions.map((each) => ({ ...each, label: evil, parameters: { evil } })),
        configurations: campaign.configurations.map((each) => ({ ...each, label: evil })),
      },
      events: events.map((event) => (event.type === "run-phase" ? { ...event, command: evil } : event)),
      state: { ...state, remarks: [evil] },
    },
    figures: inputs.figures.map(({ drawn }) => ({
      summary: evil,
      drawn: { light: { ...drawn.light, title: evil }, dark: { ...drawn.dark, title: evil } },
    })),
    unreadable: [{ runId: evil, reason: evil }],
  });
  expect(page).not.toContain("<img");
  expect(page).not.toContain("</script><");
  expect(page.match(/<script>/g)).toHaveLength(1);
  expect(page).toContain("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;&lt;b&gt;");
});

test("no text can leave its place in the markup", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("<", ">", "&", '"', "'", "a", "/") }), (text) => {
      const inside = /^<p title="([^"<>]*)">([^"'<>]*)<\/p>$/.exec(
        html`<p title="${text}">${text}</p>`.markup,
      );
      expect(inside?.[1]).toBe(inside?.[2]);
      const back = (inside?.[1] ?? "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&");
      expect(back).toBe(text);
    }),
  );
});

test("the methods read as sentences, with the campaign's numbers", async () => {
  const { measured } = await readCampaignSource(paths, "demo-229c51");
  if (measured === null) throw new Error("the recorded campaign is measured");
  const [design = "", course = ""] = methodsText(measured);
  expect(design).toMatch(
    /^Four configurations \(Native, Docker host network, Docker NAT and KVM\) were measured with STREAM, nuttcp and Redis under four conditions\. /,
  );
  expect(design).toContain("as the seed 3203887529 decides.");
  expect(course).toMatch(/^Of 20 planned runs, 16 succeeded, 1 failed and 3 were not run\. /);
  for (const text of methodsText(measured)) expect(text).not.toMatch(/\.\.|undefined|null|NaN| {2}| \./);
  expect([listText([]), listText(["a"]), listText(["a", "b"]), listText(["a, b", "c"])]).toEqual([
    "",
    "a",
    "a and b",
    "a, b; and c",
  ]);
});

test("BibTeX names the paper and the programs that were used, each once, with balanced braces", async () => {
  const { measured } = await readCampaignSource(paths, "demo-229c51");
  const text = bibtex(references(measured, "1.2.3"));
  const keys = [...text.matchAll(/^@\w+\{([\w]+),$/gm)].map(([, key]) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toEqual(
    expect.arrayContaining(["felter2014", "tare", "stream", "nuttcp", "redis", "docker", "qemu"]),
  );
  expect(keys).not.toContain("fio");
  expect(text.split("{").length).toBe(text.split("}").length);
  expect(bibtex(references(null, "1.2.3"))).toContain("@article{linpack,");
});
