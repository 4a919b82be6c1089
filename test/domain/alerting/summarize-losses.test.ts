import { describe, expect, it } from "vitest";
import {
  joinCustomers,
  spanOf,
  summarizeLosses,
} from "../../../lambda/domain/alerting/summarize-losses.ts";
import { baseTime } from "../../support/build-event.ts";
import { buildLoss } from "../../support/build-loss.ts";

describe("summarizeLosses", () => {
  it("counts the causes of the newest loss of each DN, and knows the first and the last", () => {
    const losses = [
      buildLoss({ cause: "a", customerID: "acme", severity: "warning" }),
      buildLoss({
        cause: "b",
        learntAt: baseTime + 9_000_000,
        lostAt: baseTime + 5,
        severity: "warning",
      }),
      buildLoss({ cause: "c", learntAt: baseTime }),
      buildLoss({ thisDN: "7002", cause: "d", customerID: "acme" }),
      buildLoss({ thisDN: "7003", cause: "d" }),
    ];
    expect(summarizeLosses(losses)).toEqual({
      causes: [
        { cause: "d", count: 2 },
        { cause: "b", count: 1 },
      ],
      severity: "critical",
      customers: ["acme"],
      firstLostAt: baseTime,
      lastLostAt: baseTime + 5,
    });
  });

  it("keeps the twenty most frequent causes and fifty customers", () => {
    const losses = Array.from({ length: 30 }, (_, index) =>
      buildLoss({ thisDN: String(index), cause: `cause ${Math.min(index, 25)}` }),
    );
    const { causes } = summarizeLosses(losses);
    expect(causes).toHaveLength(20);
    expect(causes[0]).toEqual({ cause: "cause 25", count: 5 });
    const customers = Array.from({ length: 60 }, (_, index) => `customer ${index}`);
    expect(joinCustomers(["customer 59"], customers)).toHaveLength(50);
  });

  it("ignores unknown times", () => {
    expect(spanOf([undefined, 7, 5])).toEqual({ firstLostAt: 5, lastLostAt: 7 });
  });

  it("says nothing of no losses", () => {
    expect(summarizeLosses([])).toMatchObject({ severity: "warning", firstLostAt: undefined });
  });
});
