import { ourEvent, prices } from "./cost.ts";

/** The rates that the plan is made for, in events a second. */
export const rates = [100, 1_000, 10_000, 100_000] as const;

/** What the plan supposes; the durations are guesses until a stage is measured. */
export const assumptions = {
  eventsPerRequest: 100,
  changedShare: 0.1,
  lossShare: 0.01,
  ingestSeconds: 0.15,
  ingestGigabytes: 1,
  fanoutSeconds: 0.15,
  fanoutGigabytes: 0.5,
  evaluateSeconds: 0.5,
  evaluateGigabytes: 1,
  recordsPerBatch: 100,
  indexShards: 8,
  fanoutBatchesPerShard: 4,
  logBytesPerCall: 800,
  historyBytes: 600,
  historyRetentionDays: 400,
} as const;
const a = assumptions;
const secondsPerMonth = 30 * 86_400;

const fanoutCalls = (rate: number): number => (rate * a.changedShare) / a.recordsPerBatch;
// The window of 2 seconds gathers losses: at least a call each two seconds while some come.
const evaluateCalls = (rate: number): number =>
  Math.max(0.5, (rate * a.lossShare) / a.recordsPerBatch);
const ingestCalls = (rate: number): number => rate / a.eventsPerRequest;

/** Something of which AWS, or our own setting, gives only so much. */
export interface Limit {
  readonly what: string;
  readonly quota: number;
  readonly load: (rate: number) => number;
}

/** What limits the rate, with its default in us-east-1 (docs/performance.md says from where). */
export const limits: readonly Limit[] = [
  { what: "API Gateway, requests a second", quota: 10_000, load: ingestCalls },
  {
    what: "Lambda, functions at once in the account",
    quota: 1_000,
    load: (rate) =>
      ingestCalls(rate) * a.ingestSeconds +
      fanoutCalls(rate) * a.fanoutSeconds +
      Math.min(5, evaluateCalls(rate) * a.evaluateSeconds),
  },
  {
    what: "status or history table as new, writes a second",
    quota: 4_000,
    load: (rate) => rate,
  },
  { what: "the same, the account's quota for a table", quota: 40_000, load: (rate) => rate },
  {
    what: "busiest key of an index, writes a second",
    quota: 1_000,
    load: (rate) => (rate * a.changedShare) / a.indexShards,
  },
  {
    what: "one shard of the stream, changes a second",
    quota: Math.round((a.fanoutBatchesPerShard * a.recordsPerBatch) / a.fanoutSeconds),
    load: (rate) => Math.min(rate, 1_000) * a.changedShare,
  },
  { what: "SNS, messages a second", quota: 30_000, load: (rate) => rate * a.changedShare },
  {
    what: "evaluator, batches at once (our setting)",
    quota: 5,
    load: (rate) => evaluateCalls(rate) * a.evaluateSeconds,
  },
];

/** Dollars a month at a rate that never rests. */
export interface MonthlyCost {
  readonly requests: number;
  readonly tables: number;
  readonly functions: number;
  readonly messages: number;
  readonly logs: number;
  /** When the history has been kept for the first time as long as it is to be. */
  readonly storage: number;
}

/** What a rate costs a month. */
export const monthlyCost = (rate: number): MonthlyCost => {
  const million = (rate * secondsPerMonth) / 1_000_000;
  const calls = (ingestCalls(rate) + fanoutCalls(rate) + evaluateCalls(rate)) * secondsPerMonth;
  const gigabyteSeconds =
    ingestCalls(rate) * a.ingestSeconds * a.ingestGigabytes +
    fanoutCalls(rate) * a.fanoutSeconds * a.fanoutGigabytes +
    evaluateCalls(rate) * a.evaluateSeconds * a.evaluateGigabytes;
  const writes =
    ourEvent.refresh.writes * (1 - a.changedShare) + ourEvent.change.writes * a.changedShare;
  return {
    requests: (million / a.eventsPerRequest) * prices.apiRequest,
    tables: million * (writes * prices.writeUnit + ourEvent.refresh.reads * prices.readUnit),
    functions:
      (calls / 1_000_000) * prices.lambdaRequest +
      gigabyteSeconds * secondsPerMonth * prices.lambdaGigabyteSecond,
    // A loss is sent, received and deleted, in batches of ten at best; one each at worst.
    messages: million * (a.changedShare * prices.snsPublish + a.lossShare * 3 * prices.sqsRequest),
    logs: ((calls * a.logBytesPerCall) / 1e9) * prices.logGigabyte,
    storage:
      ((rate * 86_400 * a.historyRetentionDays * a.historyBytes) / 1e9) * prices.tableGigabyteMonth,
  };
};

const count = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const head = ["", ...rates.map((rate) => `${count.format(rate)} events/s`)];

/** The table of what each rate asks for; what is beyond the quota is marked. */
export const toLimitTable = (): string =>
  [
    row([...head.slice(0, 1), "quota", ...head.slice(1)]),
    row(["---", ...head.map(() => "---:")]),
    ...limits.map(({ what, quota, load }) =>
      row([
        what,
        count.format(quota),
        ...rates.map((rate) => {
          const text = count.format(load(rate));
          return load(rate) > quota ? `**${text}**` : text;
        }),
      ]),
    ),
  ].join("\n");

/** The table of what each rate costs a month. */
export const toCostTable = (): string => {
  const costs = rates.map(monthlyCost);
  const parts = ["requests", "tables", "functions", "messages", "logs", "storage"] as const;
  const sum = (cost: MonthlyCost): number => parts.reduce((total, part) => total + cost[part], 0);
  const dollars = (amount: number): string => `$${count.format(amount)}`;
  return [
    row(head),
    row(["---", ...rates.map(() => "---:")]),
    ...parts.map((part) => row([part, ...costs.map((cost) => dollars(cost[part]))])),
    row(["together", ...costs.map((cost) => dollars(sum(cost)))]),
  ].join("\n");
};

if (import.meta.main) process.stdout.write(`${toLimitTable()}\n\n${toCostTable()}\n`);
