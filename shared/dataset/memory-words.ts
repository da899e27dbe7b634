// LINPACK, STREAM and RandomAccess in the words of the reference data.
import { term, type Words, type WordsInputs } from "./word-inputs.ts";

export function linpackWords({ metric, parameters, sockets }: WordsInputs): Words {
  return { quantity: metric, terms: { sockets, problem_size: term(parameters, "order") } };
}

const kernels: Readonly<Record<string, string>> = {
  copy: "Copy",
  scale: "Scale",
  add: "Add",
  triad: "Triad",
};

/** The best repetition is what the paper calls the bandwidth; the mean of the repetitions is another quantity. */
export function streamWords({ metric, sockets }: WordsInputs): Words {
  const [name = metric, mean] = metric.split("-");
  const kernel = kernels[name];
  if (kernel === undefined) return { quantity: metric, terms: { sockets } };
  return { quantity: mean === undefined ? "bandwidth" : "bandwidth-mean", terms: { kernel, sockets } };
}

/** The paper's loop alone is comparable with its numbers: independent streams are another measurement. */
export function randomaccessWords({ metric, parameters, sockets }: WordsInputs): Words {
  const variant = term(parameters, "variant");
  const quantity = metric === "gups" && variant !== "paper" ? "gups-hpcc" : metric;
  return { quantity, terms: { sockets, variant } };
}
