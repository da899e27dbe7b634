// A workload's metrics and parameters in the words of the reference data, so that they can stand beside the paper's.
import type { WorkloadName } from "../model/workload.ts";
import { fioWords } from "./fio-words.ts";
import { linpackWords, randomaccessWords, streamWords } from "./memory-words.ts";
import { netperfWords, nuttcpWords } from "./network-words.ts";
import { mysqlWords, redisWords } from "./server-words.ts";
import type { Words, WordsInputs } from "./word-inputs.ts";

const words: Readonly<Record<WorkloadName, (inputs: WordsInputs) => Words>> = {
  linpack: linpackWords,
  stream: streamWords,
  randomaccess: randomaccessWords,
  nuttcp: nuttcpWords,
  netperf: netperfWords,
  fio: fioWords,
  redis: redisWords,
  mysql: mysqlWords,
};

/** A metric that the reference data have no word for keeps its name, with the terms of its condition. */
export function wordsOf(workload: WorkloadName, inputs: WordsInputs): Words {
  return words[workload](inputs);
}
