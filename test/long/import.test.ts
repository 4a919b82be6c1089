import { beforeAll, describe, expect, it } from "vitest";
import { dayLog } from "../../proof/bench/import-log.ts";
import {
  type ImportRun,
  memoryGrowthOf,
  runImports,
  steadinessOf,
} from "../../proof/bench/import-run.ts";

const events = 100_000;

describe("the import of a day of 100,000 events into a fresh local stack", () => {
  let run: ImportRun | undefined;
  beforeAll(async () => {
    [run] = await runImports([dayLog(events, Date.now())]);
  }, 900_000);

  it("stores every event", () => {
    const { applied = 0, outdated = 0, ...others } = Object.fromEntries(run?.outcomes ?? []);
    expect([applied + outdated, others]).toEqual([events, {}]);
    expect(run?.losses).toBeGreaterThan(300);
  });

  it("is as fast at its end as at its beginning", () => {
    expect(run && steadinessOf(run)).toBeGreaterThanOrEqual(0.8);
  });

  it("takes no more and more memory", () => {
    expect(Math.max(...(run?.memory ?? []))).toBeLessThan(1.5 * 1024 ** 3);
    expect(run && memoryGrowthOf(run)).toBeLessThan(1.1);
  });
});
