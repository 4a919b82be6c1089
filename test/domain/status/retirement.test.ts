import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import { listStateOf } from "../../../lambda/domain/status/list-key.ts";
import { toRegistration } from "../../../lambda/domain/status/registration.ts";
import {
  coverageOf,
  isAllRetired,
  standingsOf,
} from "../../../lambda/domain/status/registration-status.ts";
import { testNow } from "../../support/api-event.ts";
import { baseTime, registered, retired, unregistered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";

const at = (offset: number) => ({ time: baseTime + offset });
const b = { application: "bridge-b" };
const gone = [registered(), retired(at(10))] as const;

describe("a retired registration", () => {
  it("moves to the list of retired ones, is unregistered as expected, and says why and when", () => {
    const status = statusAfter(...gone);
    expect(status).toMatchObject({ changed: true, changedBy: "bridge-a" });
    expect(status.statusSince).toBe(baseTime + 10);
    expect(isAllRetired(status)).toBe(true);
    expect(listStateOf(status)).toBe("retired");
    const reason = { category: "requested", evidence: "retired at 2026-11-20T02:58:00.123466Z" };
    expect(toRegistration(status)).toMatchObject({
      status: "unregistered",
      verdict: "expected",
      retiredAt: "2026-11-20T02:58:00.123466Z",
      reason,
      applications: [{ name: "bridge-a", status: "unregistered", verdict: "expected", reason }],
    });
  });

  it("is no longer lost, and keeps since when it has been unregistered", () => {
    const lost = statusAfter(registered(), unregistered(at(5)));
    const status = advance(lost, [retired(at(10))], testNow);
    expect(lost.alertId).toBeDefined();
    expect(status.alertId).toBeUndefined();
    expect(status).toMatchObject({ changed: true, statusSince: baseTime + 5 });
    expect(coverageOf(status).lost).toEqual([]);
  });

  it("is not lost by a later event, and no change is published", () => {
    const status = statusAfter(...gone, unregistered({ ...at(20), errorCode: 59 }));
    expect(status).toMatchObject({ changed: false, alertId: undefined });
    expect(listStateOf(status)).toBe("retired");
    const again = advance(status, [retired(at(30))], testNow);
    expect(again).toMatchObject({ changed: false, revision: status.revision + 1 });
  });

  it("stays retired, and publishes an address type that is learnt late", () => {
    const typed = registered({ ...at(-5), addressType: "AddressTypeQueue" });
    const status = statusAfter(unregistered({ referenceID: 4 }), retired(at(10)), typed);
    expect(status).toMatchObject({ changed: true, changedBy: "bridge-a", revision: 3 });
    expect(listStateOf(status)).toBe("retired");
  });

  it("comes back only by a later registration", () => {
    const late = statusAfter(...gone, registered(at(5)));
    expect(isAllRetired(late)).toBe(true);
    const back = advance(late, [registered(at(20))], testNow);
    expect(back).toMatchObject({ changed: true, statusSince: baseTime + 20 });
    expect(listStateOf(back)).toBe("registered");
    expect(toRegistration(back)).not.toHaveProperty("retiredAt");
    expect(advance(back, [unregistered(at(30))], testNow).alertId).toBeDefined();
  });

  it("was retired when the last of its applications was", () => {
    const status = statusAfter(registered(), unregistered(b), retired({ ...b, ...at(12) }));
    expect(toRegistration(status)).not.toHaveProperty("retiredAt");
    const { retiredAt } = toRegistration(advance(status, [retired(at(10))], testNow));
    expect(retiredAt).toBe("2026-11-20T02:58:00.123468Z");
  });

  it("ends in the same marks, whether it was known or not when it was retired", () => {
    const early = statusAfter(retired(at(10)), registered());
    const unknown = statusAfter(retired(at(10)), retired({ ...b, ...at(11) }));
    expect(unknown).toMatchObject({ alertId: undefined, changed: false });
    expect(listStateOf(unknown)).toBeUndefined();
    expect(listStateOf(early)).toBe("retired");
    expect(early.applications["bridge-a"]).toMatchObject({
      registered: { time: baseTime },
      retired: { time: baseTime + 10 },
    });
    expect(advance(early, [registered(at(20))], testNow).changed).toBe(true);
  });

  describe("beside another application", () => {
    it.each<[string, RegistrationEvent[], string, number]>([
      ["that is registered", [registered(), registered({ ...b, ...at(2) })], "registered", 0],
      ["that is lost", [registered(), unregistered({ ...b, ...at(3) })], "unexpected", 10],
      [
        "that was unregistered on request",
        [registered(), unregistered({ ...b, ...at(3), referenceID: 4 })],
        "expected",
        10,
      ],
    ])("does not count: one %s", (_, [first = registered(), ...more], state, since) => {
      const status = statusAfter(first, ...more, retired(at(10)));
      expect(listStateOf(status)).toBe(state);
      expect(standingsOf(status).map(({ name }) => name)).toEqual(["bridge-b"]);
      expect(status).toMatchObject({ changed: true, changedBy: "bridge-a" });
      expect(status.statusSince).toBe(baseTime + since);
      expect(toRegistration(status).applications).toMatchObject([
        { name: "bridge-a", status: "unregistered", verdict: "expected" },
        { name: "bridge-b" },
      ]);
    });

    it("ends its own loss, and not the other's", () => {
      const events = [unregistered(), unregistered({ ...b, ...at(1) })] as const;
      const both = statusAfter(...events);
      const one = advance(both, [retired(at(10))], testNow);
      expect(one.alertId).toBe(both.alertId);
      expect(advance(one, [retired({ ...b, ...at(11) })], testNow).alertId).toBeUndefined();
    });
  });
});
