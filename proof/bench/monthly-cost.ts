import { ourEvent, prices } from "./cost.ts";
import { assumptions as a, fanoutCalls, ingestCalls } from "./plan.ts";

const secondsPerMonth = 30 * 86_400;
const tracePrice = 5; // For a million.

/** Dollars for a million single losses, each an alert that opens and resolves: docs/cost.md has its units. */
export const costPerMillionLosses =
  9 * prices.sqsRequest +
  3 * prices.lambdaRequest +
  0.15 * 1_000_000 * prices.lambdaGigabyteSecond +
  24 * prices.readUnit +
  (5 + 17) * prices.writeUnit +
  2 * (prices.lambdaRequest + prices.snsPublish);

/** Dollars a month at a rate that never rests. */
export type MonthlyCost = {
  readonly requests: number;
  readonly tables: number;
  readonly functions: number;
  readonly messages: number;
  /** At most: as if each loss fell alone. */
  readonly alerts: number;
  readonly logs: number;
  readonly traces: number;
  /** When the history has been kept for the first time as long as it is to be. */
  readonly storage: number;
};

/** What a rate costs a month. */
export const monthlyCost = (rate: number): MonthlyCost => {
  const million = (rate * secondsPerMonth) / 1_000_000;
  const requests = ingestCalls(rate) * secondsPerMonth;
  const batches = fanoutCalls(rate) * secondsPerMonth;
  const millionCalls = (requests + batches) / 1_000_000;
  const gigabyteSeconds =
    requests * a.ingestSeconds * a.ingestGigabytes + batches * a.fanoutSeconds * a.fanoutGigabytes;
  const writes =
    ourEvent.refresh.writes * (1 - a.changedShare) + ourEvent.change.writes * a.changedShare;
  return {
    requests: (requests / 1_000_000) * prices.apiRequest,
    tables: million * (writes * prices.writeUnit + ourEvent.refresh.reads * prices.readUnit),
    functions: millionCalls * prices.lambdaRequest + gigabyteSeconds * prices.lambdaGigabyteSecond,
    // SNS bills a request for a batch of up to ten changes and 64 KB.
    messages: (batches / 1_000_000) * prices.snsPublish,
    alerts: million * a.lossShare * costPerMillionLosses,
    logs:
      ((requests * a.logBytesPerRequest + batches * a.logBytesPerBatch) / 1e9) * prices.logGigabyte,
    traces: millionCalls * a.tracedShare * tracePrice,
    storage:
      ((rate * 86_400 * a.historyRetentionDays * a.historyBytes) / 1e9) * prices.tableGigabyteMonth,
  };
};
