import { describe, expect, it } from "vitest";
import { toRegistration } from "../../../lambda/domain/status/registration.ts";
import { baseTime, missed, registered, retired, unregistered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";

const b = { application: "bridge-b" };

describe("toRegistration", () => {
  it("shows as stale a registration that is said to be stale", () => {
    const status = statusAfter(
      registered(),
      registered(b),
      unregistered({ application: "bridge-c", referenceID: 4 }),
    );
    const { applications } = toRegistration(status, (name, { registered: mark }) => {
      expect(mark?.time).toBe(baseTime);
      return name !== "bridge-b";
    });
    expect(applications.map(({ name, stale }) => [name, stale])).toEqual([
      ["bridge-a", true],
      ["bridge-b", undefined],
      ["bridge-c", undefined],
    ]);
  });

  it("leaves out what no event has said", () => {
    const shown = toRegistration(statusAfter(registered({ addressType: undefined })));
    expect(Object.keys(shown)).toEqual([
      "thisDN",
      "server",
      "status",
      "statusSince",
      "changedAt",
      "confirmedAt",
      "applications",
    ]);
    expect(Object.keys(shown.applications[0] ?? {})).toEqual([
      "name",
      "status",
      "statusSince",
      "confirmedAt",
    ]);
  });

  it("shows why a registration was missed", () => {
    const status = statusAfter(registered({ time: baseTime - 20_000_000 }), missed());
    const reason = {
      category: "none-given",
      evidence: "not registered again after the reconnect at 2026-11-20T02:58:00.123456Z",
    };
    expect(toRegistration(status)).toMatchObject({
      status: "unregistered",
      statusSince: "2026-11-20T02:58:00.123456Z",
      verdict: "unexpected",
      reason,
      applications: [{ name: "bridge-a", verdict: "unexpected", reason }],
    });
  });

  it("lists 50 of more applications, those that are not retired first, and says how many there are", () => {
    const names = Array.from({ length: 60 }, (_, index) => `bridge-${index + 10}`);
    const [first, ...others] = names.map((application, index) =>
      index < 20 ? retired({ application }) : registered({ application }),
    );
    if (first === undefined) throw new Error("no event");
    const shown = toRegistration(statusAfter(first, ...others));
    expect(shown.applicationsCount).toBe(60);
    expect(shown.applications.map(({ name }) => name)).toEqual([
      ...names.slice(20),
      ...names.slice(0, 10),
    ]);
  });
});
