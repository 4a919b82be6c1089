import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { prices } from "../../../proof/bench/cost.ts";
import { monthlyCost } from "../../../proof/bench/monthly-cost.ts";
import { assumptions, tracedCalls } from "../../../proof/bench/plan.ts";
import { inOneLine, tableOf } from "../../docs/markdown.ts";

const page = readFileSync("docs/cost.md", "utf8");
const text = inOneLine(page);
const secondsPerMonth = 30 * 86_400;
// The page counts the traces of a million events at this rate, in events a second.
const rateOfPage = 10;

const events = "per million events";
const changes = "per million changes, in addition";
const losses = "per million lone losses, each an alert that opens and resolves";
const lookUps = "per million look-ups of a DN";

/** A row of the page: what it is of, dollars for a million units, and the units of one (of events: at 100 a request). */
const rowsOf = (heading: string) =>
  tableOf(page, heading)
    .filter(([what]) => what !== "sum")
    .map(([what, price, ...cells]) => ({
      what,
      price: Number(price),
      units: Number(cells[heading === events ? 2 : 0]),
    }));

/** Dollars a million for the rows that begin so; each beginning must have its row. */
const dollarsOf = (heading: string, ...beginnings: readonly string[]): number =>
  beginnings
    .map((beginning) => {
      const [row, ...more] = rowsOf(heading).filter(({ what }) => what.startsWith(beginning));
      if (row === undefined || more.length > 0) throw new Error(`not one row "${beginning}"`);
      return row.price * row.units;
    })
    .reduce((sum, dollars) => sum + dollars, 0);

const allOf = (heading: string): number =>
  rowsOf(heading).reduce((sum, { price, units }) => sum + price * units, 0);

/** What the plan has for a million, of so many a second. */
const perMillion = (dollarsPerMonth: number, perSecond: number): number =>
  (dollarsPerMonth * 1_000_000) / (perSecond * secondsPerMonth);

const priceOf: readonly (readonly [RegExp, number])[] = [
  [/^API requests/, prices.apiRequest],
  [/^(ingest|fanout|evaluate|query), requests(?!,? and)/, prices.lambdaRequest],
  [/^fanout, requests, and two SNS publishes/, prices.lambdaRequest + 2 * prices.snsPublish],
  [/, GB-seconds/, prices.lambdaGigabyteSecond * 1_000_000],
  [/, consistent read|^reads/, prices.readUnit],
  [/writes?\b/, prices.writeUnit],
  [/^(access )?logs? ?(of|,)/, prices.logGigabyte],
  [/^X-Ray traces/, prices.trace],
  [/^SNS, publishes/, prices.snsPublish],
  [/^SQS requests/, prices.sqsRequest],
];

describe("the prices of docs/cost.md", () => {
  it.each([events, changes, losses, lookUps])("are those of the plan: %s", (heading) => {
    const others = rowsOf(heading)
      .map(({ what, price }) => ({
        what,
        price,
        ofPlan: priceOf.filter(([name]) => name.test(what)).map(([, dollars]) => dollars),
      }))
      .filter(
        ({ price, ofPlan }) => ofPlan.length !== 1 || ofPlan[0]?.toFixed(4) !== price.toFixed(4),
      )
      .map(({ what }) => what);
    expect(others).toEqual(
      heading === events ? ["Secrets Manager calls (at 10 events a second)"] : [],
    );
  });

  it.each([
    `X-Ray $${prices.trace.toFixed(2)} a million`,
    `Lambda $${prices.lambdaRequest.toFixed(2)} a million`,
    `Lambda $${prices.lambdaGigabyteSecond} a GB-second`,
    `HTTP API $${prices.apiRequest.toFixed(2)} a million`,
    `DynamoDB on demand $${prices.writeUnit} and $${prices.readUnit} a million write and read units`,
    `CloudWatch logs $${prices.logGigabyte.toFixed(2)} a GB`,
    `SNS $${prices.snsPublish.toFixed(2)}, SQS $${prices.sqsRequest.toFixed(2)} a million`,
    `DynamoDB $${prices.tableGigabyteMonth} a GB`,
  ])("have their source: %s", (price) => {
    expect(
      tableOf(page, "price")
        .map(([cell]) => cell)
        .join("\n"),
    ).toContain(price);
  });
});

describe("what the plan has for a million events and their changes", () => {
  const { alerts, storage, ...recording } = monthlyCost(rateOfPage);
  const parts: Readonly<Record<keyof typeof recording, readonly [string[], string[]]>> = {
    requests: [["API requests"], []],
    tables: [["status, consistent read", "status, write", "history, write"], ["index writes"]],
    functions: [
      ["ingest, requests", "ingest, GB-seconds"],
      ["fanout, requests", "fanout, GB-seconds"],
    ],
    messages: [[], ["SNS, publishes"]],
    logs: [["log of ingest", "access log"], ["log of fanout"]],
    traces: [["X-Ray traces"], ["X-Ray traces"]],
  };
  const ofPage = ([ofEvents, ofChanges]: readonly [string[], string[]]): number =>
    dollarsOf(events, ...ofEvents) + assumptions.changedShare * dollarsOf(changes, ...ofChanges);

  it.each(Object.entries(parts))("is what docs/cost.md has: %s", (part, rows) => {
    const dollars = new Map(Object.entries(recording)).get(part) ?? 0;
    expect(perMillion(dollars, rateOfPage)).toBeCloseTo(ofPage(rows), 6);
  });

  it("leaves out the reading of secrets and connections alone", () => {
    const all = allOf(events) + assumptions.changedShare * allOf(changes);
    const left = dollarsOf(events, "connection, consistent read", "Secrets Manager calls");
    const counted = Object.values(parts).reduce((sum, rows) => sum + ofPage(rows), 0);
    expect(counted + left).toBeCloseTo(all, 6);
  });

  it("keeps as much of them as docs/cost.md says, at its price", () => {
    const gigabytes = assumptions.historyBytes / 1_000;
    expect(text).toContain(
      `takes ${gigabytes} GB: ${gigabytes} × ($${prices.tableGigabyteMonth} + `,
    );
    const keptMillions = (86_400 * assumptions.historyRetentionDays) / 1_000_000;
    const { storage: dollars } = monthlyCost(1);
    expect(dollars).toBeCloseTo(keptMillions * gigabytes * prices.tableGigabyteMonth, 6);
  });
});

describe("what the plan has for a million losses", () => {
  it("is what docs/cost.md has, where each call is traced", () => {
    const { alerts } = monthlyCost(rateOfPage);
    expect(perMillion(alerts, rateOfPage * assumptions.lossShare)).toBeCloseTo(allOf(losses), 6);
  });

  it("has fewer traces where they come often", () => {
    const often = perMillion(monthlyCost(100_000).alerts, 100_000 * assumptions.lossShare);
    expect(often).toBeGreaterThan(allOf(losses) - dollarsOf(losses, "X-Ray traces"));
    expect(often).toBeLessThan(allOf(losses) - 0.9 * dollarsOf(losses, "X-Ray traces"));
  });
});

describe("traces", () => {
  const [traced = [], month = []] = tableOf(page, "calls a second of one function").map(
    ([, ...cells]) => cells,
  );

  it.each([
    [1, 0],
    [10, 1],
    [100, 2],
    [1_000, 3],
  ])("of %i calls a second are as many as docs/cost.md says, and cost as much", (calls, column) => {
    const percent = Number(((100 * tracedCalls(calls)) / calls).toFixed(1));
    expect(traced[column]).toBe(`${percent} %`);
    const dollars = (tracedCalls(calls) * secondsPerMonth * prices.trace) / 1_000_000;
    const shown = month[column]?.match(/\d+/)?.[0];
    // The page has two digits.
    expect(Number(shown)).toBe(Number(dollars.toPrecision(2)));
  });

  it("are chosen for each function: at 1,000 events a second ingest and fanout have 10 calls each", () => {
    const { traces } = monthlyCost(1_000);
    expect((traces * 1_000_000) / (prices.trace * secondsPerMonth)).toBeCloseTo(1.45 + 1.45, 6);
  });

  it("are of each call below one a second", () => {
    expect(tracedCalls(0.3)).toBe(0.3);
    const looked = allOf(lookUps) - dollarsOf(lookUps, "X-Ray traces") + prices.trace;
    expect(text).toContain(
      `Below one look-up a second each is traced, and a million cost $${looked.toFixed(2)}.`,
    );
  });

  it.each([events, lookUps])("are counted at the page's rate: %s", (heading) => {
    const share = tracedCalls(rateOfPage) / rateOfPage;
    const cells = tableOf(page, heading).find(([what]) => what.startsWith("X-Ray traces"));
    expect(cells?.[2]).toBe(String(share));
  });
});
