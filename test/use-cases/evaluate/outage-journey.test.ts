import { describe, expect, it } from "vitest";
import { at } from "../../support/watching-harness.ts";
import { createWholeEvaluator, thisDNs } from "../../support/whole-evaluator.ts";

const watched = { seenAt: at(9000) };
const down = { at: at(60), heardAt: at(60) };
const lostAt = { since: at(60), cause: "disconnect" as const, renewBy: at(360), done: false };
const reconnect = { since: at(660), cause: "reconnect" as const, renewBy: at(960), done: false };
const up = {
  ...watched,
  serverDown: down,
  serverUp: { at: at(660), heardAt: at(660) },
  stale: reconnect,
};

/** A T-Server is gone for ten minutes; then the bridge registers some DNs again. */
const outage = async (renewed: string[]) => {
  const evaluator = createWholeEvaluator();
  await evaluator.registerAll({ time: at(0) });
  evaluator.put({ ...watched, serverDown: down, stale: lostAt });
  await evaluator.runUntil(659);
  const during = evaluator.published();
  evaluator.put(up);
  await evaluator.runUntil(700);
  await evaluator.registerAll({ time: at(700) }, renewed);
  await evaluator.runUntil(2000);
  return { ...evaluator, during };
};

describe("a T-Server that is gone for longer than registrations may be renewed", () => {
  it("is one alert, although every DN is lost, and none when all are registered again", async () => {
    const { during, published, losses } = await outage(thisDNs);
    expect(during).toEqual(["alert.opened server 0"]);
    expect(published()).toEqual(["alert.opened server 0", "alert.resolved server 0"]);
    const held = [...losses.values()].filter((loss) => loss.state === "over" && loss.as === "held");
    expect(held).toHaveLength(40);
  });

  it("leaves an alert about DNs that are not registered again in time", async () => {
    const { published, alerts } = await outage(thisDNs.slice(0, 38));
    expect(published().filter((one) => one.startsWith("alert.opened"))).toEqual([
      "alert.opened server 0",
      "alert.opened dn 1",
      "alert.opened dn 1",
    ]);
    const lost = [...alerts.values()].filter(({ kind }) => kind === "dn");
    expect(new Set(lost.map(({ thisDN }) => thisDN))).toEqual(new Set(["7038", "7039"]));
    expect(lost[0]?.openedAt).toBeGreaterThanOrEqual(at(960));
    expect(lost[0]?.dns[0]?.reason.evidence).toBe(
      "not registered again after the disconnect at 2026-11-20T02:59:00.123456Z",
    );
  });
});
