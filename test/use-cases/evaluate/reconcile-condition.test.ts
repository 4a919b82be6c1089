import { describe, expect, it } from "vitest";
import { subjects } from "../../../lambda/domain/alerting/alert.ts";
import { textOf } from "../../support/alert-texts.ts";
import { baseTime } from "../../support/build-event.ts";
import { createHarness } from "./alerting-harness.ts";

const condition = {
  subject: subjects.server("SIPTS750"),
  kind: "server" as const,
  server: "SIPTS750",
  severity: "critical" as const,
  text: textOf("it is down"),
};

describe("an alert about a server or a bridge", () => {
  it("is opened once, held open, and resolved when its condition is over", async () => {
    const { evaluatorOf, pass, published, state, metrics } = createHarness();
    const { reconcile, settle } = evaluatorOf();
    await reconcile({ ...condition, endText: textOf("it is up again") }, true);
    await reconcile(condition, true);
    expect(published()).toMatchObject([
      {
        notice: "alert.opened",
        alertId: `alert-hash of ${JSON.stringify([condition.subject, 1, baseTime])}`,
        count: 0,
        severity: "critical",
      },
    ]);
    state.ongoing = false;
    await reconcile(condition, false);
    pass(299);
    await settle({ subject: condition.subject, number: 1 });
    pass(1);
    await settle({ subject: condition.subject, number: 1 });
    await settle({ subject: condition.subject, number: 1 });
    await reconcile(condition, false);
    expect(published().slice(1)).toMatchObject([
      { notice: "alert.resolved", text: textOf("it is up again"), resolution: "restored" },
    ]);
    expect(metrics.map(({ name }) => name)).toEqual(["AlertsOpened", "AlertsResolved"]);
    await reconcile(condition, true);
    expect(published().at(-1)).toMatchObject({ notice: "alert.opened", number: 2 });
  });

  it.each([
    ["warning", "critical"],
    ["critical", "critical"],
    ["warning", "warning"],
  ] as const)(
    "ends with the severity that was published: %s, whatever it would be by now: %s",
    async (published, now) => {
      const { evaluatorOf, pass, ...harness } = createHarness();
      const { reconcile, settle } = evaluatorOf();
      await reconcile({ ...condition, severity: published }, true);
      harness.state.ongoing = false;
      await reconcile({ ...condition, severity: now, text: textOf("other words") }, false);
      pass(300);
      await settle({ subject: condition.subject, number: 1 });
      expect(harness.published().at(-1)).toMatchObject({
        notice: "alert.resolved",
        severity: published,
        text: { headline: ["it is over: ", "it is down"] },
      });
    },
  );

  it("is never opened for a condition that is not ongoing, and a missing alert is not checked", async () => {
    const { evaluatorOf, published } = createHarness();
    await evaluatorOf().reconcile(condition, false);
    await evaluatorOf().settle({ subject: condition.subject, number: 1 });
    expect(published()).toEqual([]);
  });

  it("is reopened by a condition that comes again, and says once that it flaps", async () => {
    const { evaluatorOf, pass, published, titles } = createHarness({ remindSeconds: 500 });
    const { reconcile, settle } = evaluatorOf();
    await reconcile(condition, true);
    for (let time = 0; time < 4; time += 1) {
      await reconcile(condition, false);
      pass(10);
      await reconcile(condition, true);
    }
    expect(titles()).toEqual([
      "OPEN SIPTS750: it is down",
      "UPDATE SIPTS750: flapping (4 times): it is down",
    ]);
    pass(600);
    await settle({ subject: condition.subject, number: 1 });
    expect(published().at(-1)?.timeline.at(-1)?.what).toBe("notified again");
  });

  it("is resolved even without an end title of its own", async () => {
    const { evaluatorOf, titles } = createHarness({ holdOpenSeconds: 0 });
    await evaluatorOf().reconcile(condition, true);
    await evaluatorOf().reconcile(condition, false);
    expect(titles().at(-1)).toBe("RESOLVED SIPTS750: it is over: it is down");
  });

  it("gives up when other writers always come first, so that the queue delivers the message again", async () => {
    const { evaluatorOf, pass } = createHarness();
    const { reconcile, settle } = evaluatorOf({ writeAlert: async () => "conflict" });
    await expect(reconcile(condition, true)).rejects.toThrow("20 times in a row");
    await evaluatorOf().reconcile(condition, true);
    pass(400);
    await expect(settle({ subject: condition.subject, number: 1 })).rejects.toThrow("20 times");
  });
});
