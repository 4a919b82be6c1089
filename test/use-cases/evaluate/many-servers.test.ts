import { describe, expect, it } from "vitest";
import { toAlertItem } from "../../../lambda/adapters/alert-item.ts";
import type { WriteAlert } from "../../../lambda/ports/alerts.ts";
import { toDecisionView } from "../../../lambda/use-cases/operate/decision-view.ts";
import { createListDecisions } from "../../../lambda/use-cases/operate/list-decisions.ts";
import { itemBytes } from "../../../proof/bench/item-bytes.ts";
import { titleOf } from "../../support/alert-texts.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { serviceLimits } from "../../support/service-limits.ts";
import { createHarness } from "./alerting-harness.ts";

const server = "SIPTS750";
const lost = unregistered({ errorCode: 59, time: baseTime + 1 });
const lossId = `alert-${lost.id}`;
const names = Array.from({ length: 1_800 }, (_, index) => `${index}`.padEnd(128, "語"));

/** DN 7001, registered on 1,800 servers and lost on one; a table that takes no larger item than DynamoDB. */
const createLost = async (takes = (_: Parameters<WriteAlert>[0]) => true) => {
  const harness = createHarness();
  await harness.record(...names.map((name) => registered({ server: name })), lost);
  harness.pass(30);
  const writeAlert: WriteAlert = async (alert) => {
    const bytes = itemBytes(toAlertItem(alert, 400));
    if (bytes > serviceLimits.item || !takes(alert)) throw new Error("refused by the table");
    return harness.ports.writeAlert(alert);
  };
  const evaluate = () =>
    harness.evaluatorOf({ writeAlert }).evaluateLosses(server, [{ thisDN: "7001", lossId }]);
  const list = createListDecisions(harness.ports);
  const decide = async () => {
    const { decisions } = await list({ thisDN: "7001", server, limit: 50 });
    return decisions.map(toDecisionView);
  };
  return { ...harness, evaluate, decide };
};

describe("a DN that is registered on 1,800 servers", () => {
  it("is alerted: the alert names a few of them, and how many there are", async () => {
    const { evaluate, decide, published, ports } = await createLost();
    await evaluate();
    const [alert] = published();
    expect(alert?.dns).toMatchObject([{ thisDN: "7001", registeredOnCount: 1_800 }]);
    expect(alert?.dns[0]?.registeredOn).toHaveLength(20);
    expect(alert && titleOf(alert)).toMatch(/, now on 0語+\.\.\.語+ and 1,799 more: DN is /);
    const [decision] = await decide();
    expect(decision).toMatchObject({ state: "alerted", alertId: alert?.alertId });
    expect(await ports.readAlertById(decision?.alertId ?? "")).toBeDefined();
  });

  it("waits while its alert cannot be written: no decision names an alert that does not exist", async () => {
    let takes = false;
    const { evaluate, decide, ports } = await createLost(() => takes);
    await expect(evaluate()).rejects.toThrow("refused");
    const [waiting] = await decide();
    expect(waiting).toMatchObject({ state: "waiting" });
    expect(waiting).not.toHaveProperty("alertId", expect.anything());
    expect(JSON.stringify(waiting?.why)).not.toContain("alert ");
    takes = true;
    await evaluate();
    const [decision] = await decide();
    expect(decision).toMatchObject({ state: "alerted", alertId: lossId });
    expect(decision?.why.map(({ words }) => words)).toEqual([
      expect.stringMatching(/^lost by bridge-a unexpectedly/),
      "still lost when its hold-down of 30 s was over",
      "still lost when its hold-down of 30 s was over",
      `lost alone: alert ${lossId}`,
    ]);
    expect(await ports.readAlertById(lossId)).toBeDefined();
  });
});
