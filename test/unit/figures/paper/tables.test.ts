// Tables 1 and 2 of the paper, against the reference data's copy of them and for a measured campaign.
import { describe, expect, test } from "vitest";
import { tableDefinitions } from "#shared/figures/paper/tables.ts";
import type { Table } from "#shared/figures/paper/tables.ts";
import type { Dataset } from "#shared/model/dataset.ts";
import { copyOf, file, paper, recorded } from "./drawn.ts";

function table(number: number, ...datasets: readonly Dataset[]): Table | null {
  return tableDefinitions.find((each) => each.number === number)?.make({ datasets }) ?? null;
}

function rowsOfFile(id: string): string[][] {
  return file.tables.find((each) => each.id === id)?.rows.map((row) => row.map(String)) ?? [];
}

describe("Table 1", () => {
  test("functions, operations, bytes and floating-point operations are the paper's", () => {
    const cells = table(1, paper)?.rows.map((row) => row.cells.map((cell) => cell.replaceAll(" ", "")));
    expect(cells).toEqual(rowsOfFile("table1"));
  });

  test("of a campaign without STREAM there is none", () => {
    expect(table(1, copyOf("none", { points: [] }))).toBeNull();
    expect(table(1, recorded)?.rows).toHaveLength(4);
  });
});

describe("Table 2", () => {
  test("the paper's five configurations, each with what its data show", () => {
    const rows = table(2, paper)?.rows ?? [];
    const stated = new Map(rowsOfFile("table2").map((row) => [row[0], row]));
    expect(rows).toHaveLength(5);
    for (const { cells } of rows) {
      expect(stated.has(cells[0])).toBe(true);
      expect(cells[1]?.replace(",", "")).toBe(stated.get(cells[0])?.[1]);
    }
    expect(rows.find(({ cells }) => cells[0] === "Docker NAT Volume")?.cells.at(-1)).toBe(
      "Docker, host network, AUFS; not “Docker, NAT”",
    );
    expect(table(2, paper)?.notes[0]).toContain("counted three times");
  });

  test("of a measured campaign: network and storage from its configurations", () => {
    const [own] = recorded.points;
    if (own === undefined) throw new Error("no point");
    const points = recorded.slots.map(({ slot }) => ({
      ...own,
      slot,
      subject: "mysql" as const,
      quantity: "throughput",
      environment: slot === "kvm" ? "kvm" : null,
    }));
    const made = table(2, paper, { ...recorded, points });
    const rows = made?.rows.filter(({ cells }) => cells[0] === recorded.name) ?? [];
    expect(rows).toHaveLength(recorded.slots.length);
    for (const { cells } of rows) {
      expect(cells).toHaveLength(made?.columns.length ?? 0);
      expect(cells[2]).toMatch(/network|NAT|virtio/u);
      expect(cells[3]).toMatch(/file|folder|image|layer/u);
    }
  });

  test("of a campaign without MySQL there is none", () => {
    expect(table(2, recorded)).toBeNull();
  });
});
