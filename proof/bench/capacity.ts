import { readSettings } from "../../infra/settings/read-settings.ts";
import { type MonthlyCost, monthlyCost } from "./monthly-cost.ts";
import { assumptions as a, evaluateCalls, fanoutCalls, ingestCalls, rates } from "./plan.ts";

const { throttling, streamParallelism } = readSettings({});
const evaluatorsAtOnce = 5; // infra/functions/evaluate-function.ts

/** Something of which AWS, or our own setting, gives only so much. */
export type Limit = {
  readonly what: string;
  readonly quota: number;
  readonly load: (rate: number) => number;
};

/** What limits the rate, with its default in us-east-1 (docs/performance.md says from where). */
export const rateLimits: readonly Limit[] = [
  {
    what: "throttle of POST /v1/events, requests a second (our setting)",
    quota: throttling.rate,
    load: ingestCalls,
  },
  { what: "API Gateway, requests a second", quota: 10_000, load: ingestCalls },
  {
    what: "Lambda, functions at once in the account",
    quota: 1_000,
    load: (rate) =>
      ingestCalls(rate) * a.ingestSeconds +
      fanoutCalls(rate) * a.fanoutSeconds +
      Math.min(evaluatorsAtOnce, evaluateCalls(rate) * a.fullEvaluateSeconds),
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
    quota: Math.round((streamParallelism * a.fullBatch) / a.fullFanoutSeconds),
    load: (rate) => Math.min(rate, 1_000) * a.changedShare,
  },
  { what: "SNS, messages a second", quota: 30_000, load: (rate) => rate * a.changedShare },
  {
    what: "evaluator, batches at once (our setting)",
    quota: evaluatorsAtOnce,
    load: (rate) => evaluateCalls(rate) * a.fullEvaluateSeconds,
  },
];

const count = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const head = ["", ...rates.map((rate) => `${count.format(rate)} events/s`)];

/** The table of what each rate asks for; what is beyond the quota is marked. */
export const toLimitTable = (): string =>
  [
    row([...head.slice(0, 1), "quota", ...head.slice(1)]),
    row(["---", ...head.map(() => "---:")]),
    ...rateLimits.map(({ what, quota, load }) =>
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

const parts = [
  "requests",
  "tables",
  "functions",
  "messages",
  "alerts",
  "logs",
  "traces",
  "storage",
] as const satisfies readonly (keyof MonthlyCost)[];

/** The table of what each rate costs a month. */
export const toCostTable = (): string => {
  const costs = rates.map(monthlyCost);
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
