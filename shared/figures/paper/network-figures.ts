// Figures 7 and 8 of the paper: one TCP connection in both directions, and round trips of small messages.
import { barDefinition } from "../overlay/bars.ts";

const directions = [
  { direction: "sut-transmits", label: "The system under test transmits" },
  { direction: "sut-receives", label: "The system under test receives" },
] as const;

export const figure7 = barDefinition({
  id: "figure-7",
  number: 7,
  title: "nuttcp: goodput of one TCP connection",
  summary: "Payload a second over one TCP connection, in each direction.",
  subject: "nuttcp",
  panels: [{ quantities: ["goodput"], title: "Goodput" }],
  groups: "Direction",
  accepts: () => true,
  group: ({ terms, conditionLabel }) => {
    const rank = directions.findIndex(({ direction }) => direction === terms["direction"]);
    return { label: directions[rank]?.label ?? conditionLabel, rank: rank < 0 ? directions.length : rank };
  },
  terms: ["direction"],
  counted: null,
});

export const figure8 = barDefinition({
  id: "figure-8",
  number: 8,
  title: "netperf: round trips, one at a time",
  summary:
    "A request of 100 bytes and a response of 200, the next after the last: how long a round trip takes, and how many there are in a second. Each is the other's inverse.",
  subject: "netperf",
  panels: [
    { quantities: ["latency_mean"], title: "mean round trip" },
    { quantities: ["transaction_rate"], title: "transactions" },
  ],
  groups: "Protocol",
  accepts: () => true,
  group: ({ terms, conditionLabel }) => {
    const protocol = terms["protocol"];
    const known = typeof protocol === "string";
    return {
      label: known ? protocol.replace("_RR", "") : conditionLabel,
      rank: protocol === "TCP_RR" ? 0 : protocol === "UDP_RR" ? 1 : 2,
    };
  },
  terms: ["protocol"],
  counted: null,
});
