import { describe, expect, it } from "vitest";
import { subjects } from "../../../lambda/domain/alerting/alert.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { readHeadline } from "../../support/alert-texts.ts";
import { at, connectionOf, createWatchingHarness } from "../../support/watching-harness.ts";

const serverClock = {
  startTime: "1",
  sequenceNumber: 2,
  time: at(-52),
  maxTime: at(10),
  back: { at: at(10), until: at(72), by: 62_000_000 },
};

describe("the evaluation of a connection whose T-Server's clock went back", () => {
  const evaluate = async (seconds: number, changes: Partial<Connection> = {}) => {
    const harness = createWatchingHarness();
    const connection = connectionOf({ serverClock, seenAt: at(seconds), ...changes });
    harness.put(connection);
    harness.clock.now = at(seconds);
    await harness.evaluateConnection(connection);
    const subject = subjects.bridge("SIPTS750", "bridge-a", "serverClock");
    const found = harness.reconciled.find(({ condition }) => condition.subject === subject);
    const { condition, isOngoing } = found ?? expect.unreachable("the clock was not judged");
    const { text, endText, ...rest } = condition;
    const said = endText && readHeadline(endText);
    return { ...rest, says: readHeadline(text), endsWith: said, isOngoing };
  };

  it("opens an alert about the bridge at once", async () => {
    expect(await evaluate(10)).toMatchObject({
      kind: "bridge",
      server: "SIPTS750",
      application: "bridge-a",
      severity: "critical",
      isOngoing: true,
      says: "bridge-a reports that the T-Server's clock went back by 62 s at 02:58 UTC",
    });
  });

  it.each<[string, string, Partial<Connection>]>([
    ["no event comes", "has caught up", {}],
    ["an event shows that", "has caught up", { serverClock: { ...serverClock, back: undefined } }],
    ["the bridge was retired", "was retired", { retiredAt: at(20) }],
  ])("lets it end when the clock has caught up, also where %s", async (_, end, changes) => {
    expect(await evaluate(72, changes)).toMatchObject({
      isOngoing: false,
      endsWith: expect.stringContaining(end),
    });
  });
});
