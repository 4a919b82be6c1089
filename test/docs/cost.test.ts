import { describe, expect, it } from "vitest";
import { metricsNamespace } from "../../infra/functions/registration-metrics.ts";
import { synthesize } from "../infra/support/synthesize.ts";
import { codeOf, readSources } from "../support/source-files.ts";
import { tableOf } from "./markdown.ts";
import { readPage } from "./pages.ts";

const page = readPage("docs/cost.md");

/** Three decimals are printed, and a half may have been rounded either way. */
const expectRounded = (printed: readonly number[], exact: readonly number[]): void => {
  const wrong = printed.filter((value, index) => !(Math.abs(value - (exact[index] ?? 0)) < 0.0006));
  expect(wrong).toEqual([]);
};

describe("the costs of docs/cost.md", () => {
  it.each([
    "per million events",
    "per million changes, in addition",
    "per million lone losses, each an alert that opens and resolves",
    "per million look-ups of a DN",
  ])("add up: %s", (heading) => {
    const rows = tableOf(page, heading).map(([, price, ...cells]) => ({
      price: Number(price),
      pairs: [cells.slice(0, 2), cells.slice(2, 4)].filter(({ length }) => length === 2),
    }));
    const sums = rows.pop()?.pairs.map(([, dollars]) => Number(dollars)) ?? [];
    expect(sums.length).toBeGreaterThan(0);
    for (const [column, sum] of sums.entries()) {
      const products = rows.map(({ price, pairs }) => price * Number(pairs[column]?.[0]));
      const printed = rows.map(({ pairs }) => Number(pairs[column]?.[1]));
      expectRounded(printed, products);
      expectRounded([sum], [products.reduce((total, product) => total + product, 0)]);
    }
  });
});

/** The counts that the functions emit: the names of metrics in files that emit or make them, without those by server. */
const emittedCounts = (): Set<string> => {
  const emitting = [...readSources("lambda/**/*.ts").values()]
    .map(codeOf)
    .filter((code) => /\bemitMetrics\b|\bMetric\b/.test(code));
  const names = emitting.flatMap((code) => code.match(/(?<=")(?:[A-Z][a-z]+){2,}(?=")/g) ?? []);
  return new Set(names.filter((name) => name !== "ArrivalLagSeconds"));
};

describe("a stage without events in docs/cost.md", () => {
  const rows = tableOf(page, "a month, with two T-Servers");
  const stage = synthesize();

  it("adds up", () => {
    const cents = rows.map(([, dollars]) => Math.round(100 * Number(dollars)));
    const sum = cents.pop();
    expect(cents.reduce((total, part) => total + part, 0)).toBe(sum);
  });

  it("pays for every alarm of the stack, each on one metric", () => {
    const alarms = stage.all("AWS::CloudWatch::Alarm");
    // An alarm on metric math costs as much as it has metrics.
    expect(alarms.filter(({ properties }) => properties["MetricName"] === undefined)).toEqual([]);
    const [, dollars] = rows.find(([what]) => what.startsWith(`${alarms.length} alarms ×`)) ?? [];
    expect(dollars).toBe((0.1 * alarms.length).toFixed(2));
  });

  const emitted = emittedCounts();
  const ofFilters = stage.all("AWS::Logs::MetricFilter");

  it("pays for every metric that the functions and the access log give", () => {
    const counted = `up to ${emitted.size} of the functions, ${ofFilters.length} of the access log's filter`;
    const [what, dollars] =
      rows.find(([first]) => first.startsWith("custom metrics × $0.30")) ?? [];
    expect(what).toContain(counted);
    expect(dollars).toBe((0.3 * (emitted.size + ofFilters.length + 2)).toFixed(2));
  });

  it("knows every metric that alarms and the dashboard show", () => {
    const ofAlarms = stage
      .all("AWS::CloudWatch::Alarm")
      .map(({ properties }) => [properties["Namespace"], properties["MetricName"]]);
    const dashboard = stage.one("AWS::CloudWatch::Dashboard").properties;
    const text = JSON.stringify([ofAlarms, dashboard]).replaceAll("\\", "");
    const shown = text.match(new RegExp(`(?<="${metricsNamespace}",")\\w+`, "g")) ?? [];
    expect(shown).toEqual(expect.arrayContaining(["ScheduledRuns", "EventsApplied"]));
    const ofTheAccessLog = "BridgeRequestsThrottled";
    expect(shown.filter((name) => !emitted.has(name))).toEqual([ofTheAccessLog]);
  });
});
