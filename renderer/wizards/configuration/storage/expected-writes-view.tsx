// Free space and expected wear: what this configuration and the whole plan write, and to which device.
import { TextInput } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { storageFolders, mountOfPath } from "#shared/facts/device-tree.ts";
import { pathOf } from "#shared/environments/device-checks.ts";
import type { Facts } from "#shared/model/facts.ts";
import {
  bytesAtRate,
  writesByPlace,
  writingSeconds,
  type PlaceWrites,
  type WritePlace,
} from "#shared/plan/expected-writes.ts";
import { bytesText, countText, durationText, significant } from "#shared/report/number.ts";
import { useExpectedWrites } from "./use-expected-writes.ts";
import styles from "./expected-writes-view.module.css";

interface ExpectedWritesViewProps {
  readonly configurationId: string;
  readonly facts: Facts | null;
}

const mebibyte = 2 ** 20;

export function ExpectedWritesView({ configurationId, facts }: ExpectedWritesViewProps) {
  const planned = useExpectedWrites();
  const [rateText, setRateText] = useLocalStorage({ key: "tare.write-rate", defaultValue: "200" });
  if (planned === null)
    return (
      <p className={styles.quiet}>A field of the campaign cannot be used as it is: nothing is counted.</p>
    );
  const rate = Number(rateText.trim());
  const usable = rateText.trim() !== "" && Number.isFinite(rate) && rate > 0;
  const { draft, writes } = planned;
  const own = writes.filter((each) => each.configurationId === configurationId);
  const all = writesByPlace(writes);
  const server = all.reduce((sum, { serverSeconds }) => sum + serverSeconds, 0);
  const rowsOf = (title: string, rows: readonly PlaceWrites[]) =>
    rows.length === 0 ? (
      <tr>
        <th scope="row">{title}</th>
        <td colSpan={5} className={styles.quiet}>
          no chosen workload writes test data
        </td>
      </tr>
    ) : (
      rows.map((row, at) => (
        <tr key={`${title} ${row.place}`}>
          <th scope="row">{at === 0 ? title : <span className={styles.again}>{title}</span>}</th>
          <td>{placeText(row.place, facts)}</td>
          <td className={styles.number}>{bytesText(row.atOnceBytes)}</td>
          <td className={styles.number}>{bytesText(row.certainBytes)}</td>
          <td className={styles.number}>
            {row.timed.length === 0 ? "–" : `+ ${durationText(writingSeconds(row))}`}
          </td>
          <td className={styles.number}>
            {usable ? <Wear row={row} bytesPerSecond={rate * mebibyte} facts={facts} /> : "–"}
          </td>
        </tr>
      ))
    );
  return (
    <div className={styles.wear}>
      <TextInput
        className={styles.rate}
        label="Write rate, MiB/s"
        description="Of the storage at full load, for jobs that write until their time is up"
        inputMode="decimal"
        value={rateText}
        onChange={({ currentTarget }) => setRateText(currentTarget.value)}
        error={usable ? undefined : "must be a number above 0"}
      />
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Of</th>
            <th scope="col">Where</th>
            <th scope="col" className={styles.number}>
              At once
            </th>
            <th scope="col" className={styles.number}>
              Certain
            </th>
            <th scope="col" className={styles.number}>
              Timed writes
            </th>
            <th scope="col" className={styles.number}>
              In all, at this rate
            </th>
          </tr>
        </thead>
        <tbody>
          {rowsOf("This configuration", own)}
          {rowsOf("The whole plan", all)}
        </tbody>
      </table>
      <p className={styles.quiet}>
        {`Over ${countText(draft.blocks, "block")}. Counted: files laid out, data sets, copies, guests' disks (460 MiB each). Not counted: what is made once and kept, and what file systems write for themselves.`}
        {server === 0
          ? ""
          : ` MySQL writes for ${durationText(server)} more, as much as its transactions ask for; that is in no column.`}
      </p>
      <SpaceText all={all} facts={facts} />
    </div>
  );
}

function SpaceText({ all, facts }: { readonly all: readonly PlaceWrites[]; readonly facts: Facts | null }) {
  if (facts === null)
    return <p className={styles.quiet}>The SUT was never probed: its free space is not known.</p>;
  const needed = all.find(({ place }) => place === "data")?.atOnceBytes ?? 0;
  const free = facts.freeBytes;
  return (
    <p className={styles.space} data-short={needed > free || undefined}>
      {`${storageFolders.data.path} of ${facts.hostname} has ${bytesText(free)} free; the plan needs ${bytesText(needed)} of it at once${needed > free ? ": that does not fit." : "."}`}
    </p>
  );
}

interface WearProps {
  readonly row: PlaceWrites;
  readonly bytesPerSecond: number;
  readonly facts: Facts | null;
}

/** Bytes and, where the device's size is known, how often that overwrites it. */
function Wear({ row, bytesPerSecond, facts }: WearProps) {
  const bytes = bytesAtRate(row, bytesPerSecond);
  const size = blockOf(row.place, facts)?.sizeBytes ?? 0;
  return (
    <>
      {bytesText(bytes)}
      {size === 0 ? null : <span className={styles.size}>{significant(bytes / size, 2)} × its size</span>}
    </>
  );
}

function placeText(place: WritePlace, facts: Facts | null): string {
  const block = blockOf(place, facts);
  if (place !== "data" && place !== "layers") return place;
  const { path } = storageFolders[place];
  return block === null ? path : `${path} on ${pathOf(block.name)}`;
}

function blockOf(place: WritePlace, facts: Facts | null): Facts["blocks"][number] | null {
  if (facts === null) return null;
  return place === "data" || place === "layers"
    ? (mountOfPath(facts.blocks, storageFolders[place].path)?.block ?? null)
    : (facts.blocks.find(({ name }) => pathOf(name) === place) ?? null);
}
