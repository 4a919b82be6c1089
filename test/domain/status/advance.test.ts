import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import {
  coverageOf,
  customerOf,
  newestConfirmation,
  newestValueOf,
  type RegistrationStatus,
} from "../../../lambda/domain/status/registration-status.ts";
import { baseTime, missed, registered, unregistered } from "../../support/build-event.ts";

const clock = baseTime + 1_000_000_000;
const b = { application: "bridge-b" };

/** Advances a status by events, one write each; our clock moves on with each. */
const walk = (...events: RegistrationEvent[]): RegistrationStatus => {
  const status = events.reduce<RegistrationStatus | undefined>(
    (before, event, index) => advance(before, [event], clock + index),
    undefined,
  );
  if (status === undefined) throw new Error("no event");
  return status;
};
const at = (offset: number) => ({ time: baseTime + offset });

describe("advance", () => {
  it("starts with the first event", () => {
    expect(walk(registered())).toMatchObject({
      thisDN: "7001",
      server: "SIPTS750",
      revision: 1,
      changed: true,
      changedAt: clock,
      changedBy: "bridge-a",
      statusSince: baseTime,
      alertId: undefined,
    });
  });

  it("is not misled by names that every object has", () => {
    const status = walk(unregistered({ application: "toString" }));
    expect(status.applications["toString"]?.statusSince).toBe(baseTime);
  });

  it("does not count a refresh as a change", () => {
    const status = walk(registered(), registered({ ...at(5), agentID: "4711" }));
    expect(status).toMatchObject({ revision: 2, changed: false, changedAt: clock });
    expect(status.statusSince).toBe(baseTime);
    expect(newestConfirmation(status)).toBe(baseTime + 5);
  });

  it("counts another address type as a change", () => {
    const moved = registered({ ...at(5), addressType: "AddressTypeQueue" });
    expect(walk(registered(), moved)).toMatchObject({ changed: true, changedBy: "bridge-a" });
  });

  it("returns the same status when an event says nothing new", () => {
    const status = walk(registered());
    expect(advance(status, [registered()], clock + 9)).toBe(status);
    const back = walk(registered(), unregistered(at(5)), registered(at(9)));
    expect(advance(back, [registered(at(2))], clock + 9)).toBe(back);
    expect(advance(back, [unregistered({ ...at(4), referenceID: 1 })], clock + 9)).toBe(back);
  });

  describe("learning late when a standing began", () => {
    it("moves statusSince back, which is no change", () => {
      const status = walk(registered(), registered(at(-5)));
      expect(status).toMatchObject({ changed: false, statusSince: baseTime - 5, revision: 2 });
      const lost = walk(unregistered({ ...at(9), referenceID: 4 }), unregistered(at(3)));
      expect(lost).toMatchObject({ changed: true, statusSince: baseTime + 3 });
    });

    it("does not reach back over events in between", () => {
      const story = [registered(at(-5)), unregistered(at(5)), registered(at(9))];
      for (const order of [story, story.toReversed(), [story[2], story[0], story[1]]]) {
        const status = walk(...order.filter((event) => event !== undefined));
        expect(status.statusSince).toBe(baseTime + 9);
      }
    });

    it("does not move forward with a registration that beats the reconnect's time by its session", () => {
      const early = registered({ ...at(-20), session: baseTime });
      const status = walk(early, missed(), registered({ ...at(30), session: baseTime }));
      expect(status.statusSince).toBe(baseTime - 20);
    });

    it("begins again where a reconnect has shown a gap", () => {
      const again = registered({ ...at(5), session: baseTime });
      const status = walk(registered(at(-20)), again, missed());
      expect(status.statusSince).toBe(baseTime + 5);
    });

    it("knows the beginning of a standing that several applications see", () => {
      const both = walk(registered(at(3)), registered({ ...b, ...at(5) }), registered(at(1)));
      expect(both.statusSince).toBe(baseTime + 1);
      const one = advance(both, [unregistered({ ...at(7), referenceID: 4 })], clock);
      expect(one.statusSince).toBe(baseTime + 1);
    });
  });

  it("counts another application's coming and going as a separate change", () => {
    const both = walk(registered(), registered({ ...b, ...at(1) }));
    expect(both).toMatchObject({ changed: true, changedBy: "bridge-b", statusSince: baseTime });
    const refreshed = advance(both, [registered(at(2))], clock + 4);
    expect(refreshed).toMatchObject({ changed: false, changedBy: "bridge-b" });
    const one = advance(both, [unregistered({ ...b, ...at(2), referenceID: 4 })], clock + 5);
    expect(one).toMatchObject({ changed: true, changedBy: "bridge-b", statusSince: baseTime });
    expect(coverageOf(one)).toMatchObject({ status: "registered", verdict: "expected" });
  });

  it("is unregistered since the last application went", () => {
    const status = walk(
      registered(),
      registered({ ...b, ...at(1) }),
      unregistered({ ...at(2), referenceID: 4 }),
      unregistered({ ...b, ...at(3), referenceID: 5 }),
    );
    expect(coverageOf(status)).toMatchObject({ status: "unregistered", verdict: "expected" });
    expect(status.statusSince).toBe(baseTime + 3);
  });

  it("keeps the time of the last turn through later confirmations", () => {
    const status = walk(
      registered(),
      unregistered(at(2)),
      unregistered({ ...at(9), referenceID: 4 }),
    );
    expect(status.applications["bridge-a"]?.statusSince).toBe(baseTime + 2);
    expect(status.statusSince).toBe(baseTime + 2);
  });

  it("counts a late event that turns an expected loss into an unexpected one as a change", () => {
    const expected = walk(registered(), unregistered({ ...at(9), referenceID: 4 }));
    const late = advance(expected, [unregistered({ ...at(8), errorCode: 59 })], clock + 7);
    expect(late).toMatchObject({ changed: true, alertId: expect.any(String) });
  });

  it("counts another derived reason as a change", () => {
    const status = walk(registered(at(-20)), missed({ derived: "disconnect" }), missed(at(5)));
    expect(status).toMatchObject({ changed: true, statusSince: baseTime });
    expect(coverageOf(status)).toMatchObject({ cause: { derived: { from: "reconnect" } } });
  });

  it("writes a registration that comes again in a later session, which is not a change", () => {
    const status = walk(registered(), registered({ session: baseTime }));
    expect(status).toMatchObject({ revision: 2, changed: false });
    expect(advance(status, [registered()], clock)).toBe(status);
  });

  it("does not count a repeated loss for the same cause as a change", () => {
    const status = walk(unregistered({ errorCode: 59 }), unregistered({ ...at(3), errorCode: 59 }));
    expect(status.changed).toBe(false);
    const other = advance(status, [unregistered({ ...at(4), errorCode: 109 })], clock);
    expect(other.changed).toBe(true);
  });

  it("names a loss by its opening event and keeps the name until every application is back", () => {
    const loss = unregistered(at(1));
    const opened = walk(registered(), registered({ ...b, ...at(-1) }), loss);
    expect(opened.alertId).toBe(`alert-${loss.id}`);
    const worse = advance(opened, [unregistered({ ...b, ...at(2) })], clock + 3);
    expect(worse.alertId).toBe(opened.alertId);
    const better = advance(worse, [registered(at(5))], clock + 4);
    expect(better.alertId).toBe(opened.alertId);
    const healed = advance(better, [registered({ ...b, ...at(6) })], clock + 5);
    expect(healed.alertId).toBeUndefined();
  });

  it("opens no alert for a loss that is over when it arrives", () => {
    expect(walk(registered(), unregistered(at(-1))).alertId).toBeUndefined();
  });

  it("sees only the result of several events that arrive together", () => {
    const events = [unregistered(at(1)), registered(at(2))] as const;
    const status = advance(walk(registered()), events, clock);
    expect(status).toMatchObject({ changed: false, revision: 2, alertId: undefined });
  });

  it("says whose event it was when several change it together", () => {
    const events = [
      unregistered({ ...b, ...at(3) }),
      unregistered(at(2)),
      registered({ application: "bridge-c", ...at(9) }),
    ] as const;
    const before = walk(registered(), registered(b), registered({ application: "bridge-c" }));
    expect(advance(before, events, clock).changedBy).toBe("bridge-b");
    const [worst, loss, refresh] = events;
    expect(advance(before, [loss, worst, refresh], clock).changedBy).toBe("bridge-b");
  });
});

describe("coverageOf", () => {
  it("lets an unexpected loss outweigh a newer expected end", () => {
    const status = walk(
      registered(),
      unregistered({ ...at(1), errorCode: 59 }),
      unregistered({ ...b, ...at(5), referenceID: 4 }),
    );
    expect(coverageOf(status)).toMatchObject({
      status: "unregistered",
      verdict: "unexpected",
      cause: { errorCode: 59 },
      lost: [{ name: "bridge-a" }],
    });
  });

  it.each([
    [1, 5, ["bridge-b", "bridge-a"], 109],
    [5, 1, ["bridge-a", "bridge-b"], 59],
  ])("names the newest loss first, and its cause (%i, %i)", (first, second, names, errorCode) => {
    const coverage = coverageOf(
      walk(
        unregistered({ ...at(first), errorCode: 59 }),
        unregistered({ ...b, ...at(second), errorCode: 109 }),
      ),
    );
    expect(coverage.lost.map(({ name }) => name)).toEqual(names);
    expect(coverage.cause).toMatchObject({ errorCode });
  });
});

describe("what a status remembers", () => {
  it("uses address type and customer from the newest event that names them", () => {
    const status = walk(
      registered({ customerID: "old" }),
      registered({ ...b, ...at(1), addressType: "AddressTypeQueue", customerID: "acme" }),
      registered({ application: "bridge-c", ...at(2), addressType: undefined }),
    );
    expect(newestValueOf(status, "addressType")).toBe("AddressTypeQueue");
    expect(customerOf(status)).toBe("acme");
  });

  it("uses the confirmation of the newest event of any application", () => {
    const status = walk(registered(at(5)), registered(b));
    expect(newestConfirmation(status)).toBe(baseTime + 5);
  });

  it("knows neither where no event named them", () => {
    const status = walk(unregistered());
    expect(newestValueOf(status, "addressType")).toBeUndefined();
    expect(customerOf(status)).toBeUndefined();
  });
});
