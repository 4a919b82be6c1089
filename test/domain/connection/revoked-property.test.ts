import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LiveKeys } from "../../../lambda/domain/access/live-keys.ts";
import { findInhibitor } from "../../../lambda/domain/alerting/inhibitor.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import type { ConnectionReport } from "../../../lambda/domain/connection/connection-report.ts";
import { joinReport } from "../../../lambda/domain/connection/join-report.ts";
import { toStanding } from "../../../lambda/domain/connection/standing-statements.ts";
import { occurrenceNames } from "../../../lambda/domain/event/connection-event.ts";
import { buildReport, connectionEvent } from "../../support/build-report.ts";
import { liveKeys } from "../../support/live-keys.ts";
import { at, rulesWith } from "../../support/watching-harness.ts";

const rules = rulesWith();
const applications = ["bridge-a", "bridge-b"] as const;
const live = {
  before: liveKeys(["A", "B"]),
  after: { ...liveKeys(["B"]), applications: new Set(applications) },
};

// Minutes around the last report, most of them past, some ahead by less or more than a clock may be.
const minute = fc
  .constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 40)
  .map((minutes) => at(60 * minutes));
const report = fc.record({
  key: fc.constantFrom("A", "B"),
  application: fc.constantFrom(...applications),
  session: fc.option(
    minute.map((startedAt) => ({ id: `s${startedAt}`, startedAt })),
    { nil: undefined },
  ),
  isClosing: fc.boolean(),
  events: fc.array(
    fc
      .tuple(fc.constantFrom(...occurrenceNames), minute)
      .map(([name, time]) => connectionEvent(name, time)),
    { maxLength: 2 },
  ),
});
type Report = Pick<ConnectionReport, "application" | "session" | "isClosing" | "events"> & {
  key: string;
};

const isDown = ({ event }: { event: string }): boolean => event.endsWith("Disconnected");

/** The connections after some reports, a second apart, of which those from `revokedAt` on come when A is revoked. */
const connectionsAfter = (reports: readonly Report[], revokedAt: number): Connection[] => {
  const connections = new Map<string, Connection>();
  for (const [index, { key, ...said }] of reports.entries()) {
    const isLate = index >= revokedAt;
    if (isLate && key === "A") continue;
    const heard = buildReport({ ...said, keyId: key, at: at(480 + index) });
    const before = connections.get(said.application);
    connections.set(
      said.application,
      joinReport(before, heard, rules, isLate ? live.after : live.before),
    );
  }
  return [...connections.values()];
};

const losses = [["bridge-a"], ["bridge-b"], [...applications]].flatMap((names) =>
  [undefined, at(0), at(300)].map((missedAt) => ({
    server: "SIPTS750",
    thisDN: "7001",
    applications: names,
    missedAt,
  })),
);

describe("after the revocation of a key", () => {
  it("only that is held back which would be had it never said that something is down", () => {
    let [held, released] = [0, 0];
    fc.assert(
      fc.property(
        fc.array(report, { maxLength: 8 }),
        fc.nat(8),
        fc.nat(2400),
        (reports, revokedAt, later) => {
          const now = at(500 + later);
          const heldAfter = (said: readonly Report[], keys: LiveKeys = live.after) => {
            const connections = connectionsAfter(said, revokedAt).map((one) =>
              toStanding(one, { live: keys, now }),
            );
            return losses.map(
              (loss) => findInhibitor({ connections, windows: [] }, loss, now) !== undefined,
            );
          };
          const without = reports.map((one) =>
            one.key === "A"
              ? { ...one, events: one.events.filter((event) => !isDown(event)) }
              : one,
          );
          const allowed = heldAfter(without);
          const before = heldAfter(reports, live.before);
          for (const [index, isHeld] of heldAfter(reports).entries()) {
            if (isHeld) expect(allowed[index]).toBe(true);
            held += Number(isHeld);
            released += Number(before[index] && !isHeld);
          }
        },
      ),
      { numRuns: 3000 },
    );
    expect(held).toBeGreaterThan(1000);
    expect(released).toBeGreaterThan(1000);
  });
});
