// nuttcp and netperf in the words of the reference data.
import { term, type Words, type WordsInputs } from "./word-inputs.ts";

/** The client runs on the load generator: what it transmits, the SUT receives. */
const directions: Readonly<Record<string, string>> = { transmit: "sut-receives", receive: "sut-transmits" };

export function nuttcpWords({ metric, parameters }: WordsInputs): Words {
  const terms = { protocol: "TCP", direction: directions[String(parameters["direction"])] ?? null };
  // Gb/s to Mb/s.
  return metric === "throughput" ? { quantity: "goodput", terms, factor: 1000 } : { quantity: metric, terms };
}

const quantities: Readonly<Record<string, string>> = {
  rate: "transaction_rate",
  "latency-mean": "latency_mean",
};

export function netperfWords({ metric, parameters }: WordsInputs): Words {
  return {
    quantity: quantities[metric] ?? metric,
    terms: {
      protocol: `${String(parameters["protocol"]).toUpperCase()}_RR`,
      request_bytes: term(parameters, "requestBytes"),
      response_bytes: term(parameters, "responseBytes"),
    },
  };
}
