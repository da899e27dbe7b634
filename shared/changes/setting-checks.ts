// After settings were applied by hand: what was asked for, beside what the kernel says.
import type { SettingCheck } from "../contract/hosts.ts";
import type { ChangeRecord } from "../model/change.ts";
import type { Facts } from "../model/facts.ts";
import { bytesText, countText } from "../report/number.ts";
import { holds, settingOf } from "./judge.ts";

/** `now` is what the change's probe prints after it was applied; the facts are those of the host after it. */
export function settingCheck({ change }: ChangeRecord, now: string, facts: Facts): SettingCheck {
  return {
    title: change.title,
    wanted: change.wanted ?? "present",
    now: settingOf(now),
    holds: holds(change, now),
    remarks: change.kind === "huge-pages" ? poolRemarks(change.target, facts) : [],
  };
}

/** Of each pool of the size that the target names: `node 1: 512 pages of 2 MiB reserved, 512 free`. */
function poolRemarks(target: string, { memory }: Facts): string[] {
  const size = Number(/hugepages-(\d+)kB/.exec(target)?.[1]) * 1024;
  const pools = memory.hugePages.filter(({ sizeBytes }) => sizeBytes === size);
  const byNode = pools.filter(({ node }) => node !== null);
  return (byNode.length === 0 ? pools : byNode).map(
    ({ node, total, free }) =>
      `${node === null ? "whole host" : `node ${node}`}: ${countText(total, "page")} of ${bytesText(size)} reserved, ${free} free`,
  );
}
