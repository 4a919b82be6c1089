import { ourEvent, prices } from "./cost.ts";
import { assumptions as a, fanoutCalls, ingestCalls, tracedCalls } from "./plan.ts";

const secondsPerMonth = 30 * 86_400;

/** Dollars for a million single losses, each an alert that opens and resolves, but for traces: docs/cost.md has the units. */
const untracedMillionLosses =
  // A message is sent, received and deleted.
  3 * a.messagesPerLoss * prices.sqsRequest +
  a.messagesPerLoss * prices.lambdaRequest +
  0.15 * 1_000_000 * prices.lambdaGigabyteSecond +
  24 * prices.readUnit +
  (5 + 17) * prices.writeUnit +
  // An alert has a message for programs and a text for people.
  a.publishesPerLoss * (prices.lambdaRequest + 2 * prices.snsPublish) +
  ((a.messagesPerLoss + a.publishesPerLoss) * a.logBytesPerBatch * prices.logGigabyte) / 1_000;

/** Traces a second of the calls that single losses add: evaluate's, and those of fanout beyond its batches of changes. */
const tracesOfLosses = (rate: number): number => {
  const losses = rate * a.lossShare;
  const changes = fanoutCalls(rate);
  return (
    tracedCalls(losses * a.messagesPerLoss) +
    tracedCalls(changes + losses * a.publishesPerLoss) -
    tracedCalls(changes)
  );
};

const tracesForMonth = (perSecond: number): number =>
  ((perSecond * secondsPerMonth) / 1_000_000) * prices.trace;

/** Dollars a month at a rate that never rests. */
export type MonthlyCost = {
  readonly requests: number;
  readonly tables: number;
  readonly functions: number;
  readonly messages: number;
  /** At most: as if each loss fell alone. Their logs and traces are in it. */
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
    alerts: million * a.lossShare * untracedMillionLosses + tracesForMonth(tracesOfLosses(rate)),
    logs:
      ((requests * a.logBytesPerRequest + batches * a.logBytesPerBatch) / 1e9) * prices.logGigabyte,
    // Lambda chooses for each function.
    traces: tracesForMonth(tracedCalls(ingestCalls(rate)) + tracedCalls(fanoutCalls(rate))),
    storage:
      ((rate * 86_400 * a.historyRetentionDays * a.historyBytes) / 1e9) * prices.tableGigabyteMonth,
  };
};
