import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { applyStaleness } from "../../../lambda/domain/status/apply-staleness.ts";
import { registered, unregistered } from "../../support/build-event.ts";
import { createHarness } from "./alerting-harness.ts";

const server = "SIPTS750";
const named = (...losses: readonly RegistrationEvent[]) =>
  losses.map(({ thisDN, id }) => ({ thisDN, lossId: `alert-${id}` }));
type Harness = ReturnType<typeof createHarness>;
const noticesOf = (harness: Harness): string[] =>
  harness.published().map(({ notice, severity, count }) => `${notice} ${severity} ${count}`);
const lossesOf = (now: number, first: number, count: number, where = server): RegistrationEvent[] =>
  Array.from({ length: count }, (_, index) =>
    unregistered({ thisDN: String(first + index), server: where, errorCode: 59, time: now }),
  );

describe("a loss whose cause changes again and again", () => {
  it("is alerted when the hold-down is over that began with the loss", async () => {
    const harness = createHarness();
    const lost = unregistered({ errorCode: 59, time: harness.state.now });
    await harness.record(lost);
    for (let change = 1; change <= 3; change += 1) {
      harness.pass(12);
      const errorCode = change % 2 === 0 ? 59 : 58;
      await harness.record(unregistered({ errorCode, time: harness.state.now }));
      await harness.evaluatorOf().evaluateLosses(server, named(lost));
    }
    harness.pass(12);
    await harness.evaluatorOf().evaluateLosses(server, named(lost));
    expect(noticesOf(harness)).toEqual(["alert.opened critical 1"]);
  });
});

describe("a second application's loss under an open alert", () => {
  const open = async () => {
    const harness = createHarness();
    const long = harness.state.now - 100_000_000;
    await harness.record(registered({ time: long }));
    await harness.record(registered({ time: long, application: "bridge-b" }));
    const lost = unregistered({ errorCode: 59, time: harness.state.now });
    await harness.record(lost);
    harness.pass(31);
    await harness.evaluatorOf().evaluateLosses(server, named(lost));
    const loseB = unregistered({ application: "bridge-b", time: harness.state.now + 1 });
    return { harness, lost, loseB };
  };

  it("is held down like any other loss", async () => {
    const { harness, lost, loseB } = await open();
    await harness.record(loseB);
    await harness.evaluatorOf().evaluateLosses(server, named(lost));
    expect(noticesOf(harness)).toEqual(["alert.opened warning 1"]);
    harness.pass(31);
    await harness.evaluatorOf().evaluateLosses(server, named(lost));
    expect(noticesOf(harness)).toEqual(["alert.opened warning 1", "alert.updated critical 1"]);
  });

  it("causes no message while a maintenance window explains it", async () => {
    const { harness, lost, loseB } = await open();
    const { now } = harness.state;
    const about = { reason: "exchange", author: "ann", createdAt: now };
    await harness.ports.putWindow({ id: "w", server, start: now, end: now + 3.6e9, ...about });
    await harness.record(loseB);
    harness.pass(31);
    await harness.evaluatorOf().evaluateLosses(server, named(lost));
    expect(noticesOf(harness)).toEqual(["alert.opened warning 1"]);
  });
});

describe("a loss of a DN that only a silent bridge could still see", () => {
  it("is critical, and the alert says so", async () => {
    const harness = createHarness();
    const { now } = harness.state;
    await harness.record(registered({ time: now - 100_000_000 }));
    await harness.record(registered({ time: now - 100_000_000, application: "bridge-b" }));
    for (const status of harness.ports.statuses.values()) {
      await harness.ports.writeStatus(applyStaleness(status, "bridge-b", true, now));
    }
    const lost = unregistered({ errorCode: 59, time: now });
    await harness.record(lost);
    harness.pass(31);
    await harness.evaluatorOf().evaluateLosses(server, named(lost));
    expect(noticesOf(harness)).toEqual(["alert.opened critical 1"]);
    expect(harness.titles()[0]).toContain(", bridge-b silent: DN is");
  });
});

describe("the end of a maintenance window", () => {
  it("alerts a server's DNs as one incident, however many DNs of other servers are still held", async () => {
    const harness = createHarness();
    const { evaluateLosses, releaseHeld } = harness.evaluatorOf();
    const { now } = harness.state;
    const about = { start: now, reason: "exchange", author: "ann", createdAt: now };
    await harness.ports.putWindow({ id: "x", server: "X", end: now + 3.6e9, ...about });
    await harness.ports.putWindow({ id: "y", server: "Y", end: now + 36e9, ...about });
    const [few, many] = [lossesOf(now, 10_000, 12, "X"), lossesOf(now, 20_000, 1500, "Y")];
    await harness.record(...few, ...many);
    harness.pass(31);
    await evaluateLosses("X", named(...few));
    await evaluateLosses("Y", named(...many));
    harness.pass(3600);
    await releaseHeld(undefined);
    expect(noticesOf(harness)).toEqual(["alert.opened critical 12"]);
  });

  it("is handled for one server although another server fails", async () => {
    const harness = createHarness();
    const { now } = harness.state;
    const about = { start: now, reason: "exchange", author: "ann", createdAt: now };
    await harness.ports.putWindow({ id: "w", prefix: "1", end: now + 3.6e9, ...about });
    const [bad, good] = [lossesOf(now, 10_000, 1, "A"), lossesOf(now, 10_000, 1, "B")];
    await harness.record(...bad, ...good);
    harness.pass(31);
    await harness.evaluatorOf().evaluateLosses("A", named(...bad));
    await harness.evaluatorOf().evaluateLosses("B", named(...good));
    harness.pass(3600);
    const { releaseHeld } = harness.evaluatorOf({
      writeLoss: async (loss) => {
        if (loss.server === "A") throw new Error("the item is too large");
        return harness.ports.writeLoss(loss);
      },
    });
    await expect(releaseHeld(undefined)).rejects.toThrow("could not be looked at");
    expect(harness.published().map((alert) => alert.server)).toEqual(["B"]);
  });
});

describe("a member of an incident that is not the newest", () => {
  it("joins it again when it is lost again", async () => {
    const harness = createHarness();
    const lose = async (...losses: RegistrationEvent[]) => {
      await harness.record(...losses);
      harness.pass(31);
      await harness.evaluatorOf().evaluateLosses(server, named(...losses));
    };
    const older = lossesOf(harness.state.now, 10_000, 8);
    await lose(...older);
    harness.pass(400);
    await lose(...lossesOf(harness.state.now, 50_000, 8));
    harness.pass(400);
    await harness.record(registered({ thisDN: "10000", time: harness.state.now }));
    await harness.evaluatorOf().evaluateLosses(server, named(...older.slice(0, 1)));
    harness.pass(60);
    await lose(...lossesOf(harness.state.now, 10_000, 1));
    expect(noticesOf(harness)).toEqual(["alert.opened critical 8", "alert.opened critical 8"]);
  });
});
