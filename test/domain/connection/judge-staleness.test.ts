import { describe, expect, it } from "vitest";
import { isRegistrationStale } from "../../../lambda/domain/connection/judge-staleness.ts";
import { buildConnection } from "../../support/build-connection.ts";
import { baseTime } from "../../support/build-event.ts";

const application = (time: number, session?: number) => ({
  registered: { id: "a", time, session },
  statusSince: time,
});
const second = baseTime - (baseTime % 1_000_000);
const stale = { since: baseTime, cause: "reconnect" as const, renewBy: baseTime + 1, done: false };

describe("a registration is stale", () => {
  it.each([
    ["when it is older than the reconnect", application(baseTime - 1), { stale }, true],
    ["not when it is newer", application(baseTime), { stale }, false],
    ["not when it came in that session", application(baseTime - 1, baseTime), { stale }, false],
    ["not when it came in a later session", application(1, baseTime + 1), { stale }, false],
    ["not when its time has whole seconds, of that second", application(second), { stale }, false],
    ["when that is the second before", application(second - 1_000_000), { stale }, true],
    ["when it came in an older session", application(baseTime - 1, baseTime - 9), { stale }, true],
    [
      "even when the other registrations were handled",
      application(1),
      { stale: { ...stale, done: true } },
      true,
    ],
    ["when its bridge is silent", application(baseTime), { silentSince: baseTime }, true],
    ["when its bridge has stopped", application(baseTime), { closedAt: baseTime }, true],
    ["not when nothing is wrong", application(baseTime), {}, false],
    ["not when there never was a registration", { statusSince: 0 }, { stale }, false],
  ])("%s", (_, registration, changes, expected) => {
    expect(isRegistrationStale(registration, buildConnection(changes))).toBe(expected);
  });

  it("not when nothing is known of the connection", () => {
    expect(isRegistrationStale(application(1), undefined)).toBe(false);
  });
});
