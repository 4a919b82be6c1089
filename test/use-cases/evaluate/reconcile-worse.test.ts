import { describe, expect, it } from "vitest";
import { subjects } from "../../../lambda/domain/alerting/alert.ts";
import type { AlertCondition } from "../../../lambda/domain/alerting/apply-condition.ts";
import { createReconcileCondition } from "../../../lambda/use-cases/evaluate/reconcile-condition.ts";
import { textOf } from "../../support/alert-texts.ts";
import { createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";
import { at, rulesWith } from "../../support/watching-harness.ts";

const condition = (severity: AlertCondition["severity"]): AlertCondition => ({
  subject: subjects.server("SIPTS750"),
  kind: "server",
  server: "SIPTS750",
  severity,
  text: textOf(`it is ${severity}`),
});

/** Reconciles conditions one after another, ten seconds apart, and returns what is published. */
const publish = async (...severities: AlertCondition["severity"][]) => {
  const clock = { now: at(0) };
  const alerting = createInMemoryAlerting();
  const reconcile = createReconcileCondition({
    ...createInMemoryStore(),
    ...alerting,
    emitMetrics: () => {},
    hash: (text) => text,
    rules: rulesWith(),
    now: () => clock.now,
  });
  for (const severity of severities) {
    await reconcile(condition(severity), true);
    clock.now += 10_000_000;
  }
  return alerting.alertWrites
    .filter(({ notice }) => notice !== undefined)
    .map(({ notice, severity, text, toldSeverities }) => ({
      notice,
      severity,
      text,
      toldSeverities,
    }));
};

const opened = {
  notice: "alert.opened",
  severity: "warning",
  text: textOf("it is warning"),
  toldSeverities: ["warning"],
};

describe("a condition that gets worse", () => {
  it("is published again at once, as what it is now", async () => {
    expect(await publish("warning", "warning", "critical", "critical")).toEqual([
      opened,
      {
        notice: "alert.updated",
        severity: "critical",
        text: textOf("it is critical"),
        toldSeverities: ["warning", "critical"],
      },
    ]);
  });

  it("is not published again when it gets better", async () => {
    expect(await publish("warning", "critical", "warning")).toHaveLength(2);
  });
});
