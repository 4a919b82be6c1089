import { describe, expect, it } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { titleOf } from "../../support/alert-texts.ts";
import { at } from "../../support/watching-harness.ts";
import { createWholeEvaluator } from "../../support/whole-evaluator.ts";

const backUntil = (seconds: number): Partial<Connection> => ({
  serverClock: {
    startTime: "1",
    sequenceNumber: 2,
    time: at(-60),
    maxTime: at(0),
    back: { at: at(0), until: at(seconds), by: 60_000_000 },
  },
});
const blind = (cause: "clock" | "rejected"): Partial<Connection> => ({
  blind: { cause, since: at(30), lastAt: at(240), detail: "d", ids: "AAAAAA".repeat(3) },
});

const wentBack =
  "OPEN SIPTS750: bridge-a reports that the T-Server's clock went back by 60 s at 02:58 UTC";
const caughtUp = "RESOLVED SIPTS750: the T-Server's clock has caught up, according to bridge-a";
const nothing = "OPEN SIPTS750: nothing that bridge-a sends gets through since 02:58 UTC";
const refused = `${nothing}: its clock is off`;
const rejected = `${nothing}: all its events are rejected`;
const through = "RESOLVED SIPTS750: what bridge-a sends gets through again, and counts";

/** What is published while the connection becomes so at each of these times, in order, by the last one. */
const publish = async (...story: readonly [seconds: number, connection: Partial<Connection>][]) => {
  const { hear, runUntil, alertWrites } = createWholeEvaluator();
  for (const [seconds, connection] of story) {
    await runUntil(seconds);
    // Never silent, unless the story says when the bridge was heard last.
    await hear({ seenAt: at(10_000), ...connection });
  }
  return alertWrites.flatMap((alert) =>
    alert.notice ? [titleOf(alert).replace(/ \(.*/, "")] : [],
  );
};

describe("a T-Server's clock that went back, and a bridge that does not get through", () => {
  const long = backUntil(600);
  const brief = backUntil(60);
  // The bridge's own clock jumps: it is refused, and no longer heard.
  const jumped = { ...long, ...blind("clock"), seenAt: at(30) };
  const rejecting = { ...brief, ...blind("rejected") };

  it("are two alerts at the same time, and the silence that comes of one is no third", async () => {
    expect(await publish([0, long])).toEqual([wentBack]);
    expect(await publish([0, long], [240, jumped])).toEqual([wentBack, refused]);
  });

  it("end each with its own words", async () => {
    const published = await publish([0, long], [240, jumped], [270, long], [1200, long]);
    expect(published).toEqual([wentBack, refused, through, caughtUp]);
  });

  it("may end the other way round", async () => {
    const published = await publish([0, brief], [240, rejecting], [600, brief], [1200, brief]);
    expect(published).toEqual([wentBack, rejected, caughtUp, through]);
  });

  it("have their own words too where no event has come since the clock caught up", async () => {
    const published = await publish([240, rejecting], [270, brief], [900, brief]);
    expect(published).toEqual([rejected, through]);
  });
});
