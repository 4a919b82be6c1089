import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import type { ConnectionReport } from "../../../lambda/domain/connection/connection-report.ts";
import { joinReport } from "../../../lambda/domain/connection/join-report.ts";
import { occurrenceNames } from "../../../lambda/domain/event/connection-event.ts";
import { baseTime } from "../../support/build-event.ts";
import { buildReport, connectionEvent } from "../../support/build-report.ts";
import { defaultRules } from "../../support/ingest-harness.ts";

const second = 1_000_000;
const seen = (changes: Partial<ConnectionReport> = {}, before?: Connection) =>
  joinReport(before, buildReport(changes), defaultRules);

describe("a history of a connection", () => {
  const time = fc.integer({ min: 0, max: 4 }).map((offset) => baseTime + offset);
  const event = fc
    .tuple(
      fc.constantFrom(...occurrenceNames, "EventUnregisteredAll" as const),
      time,
      fc.constantFrom(undefined, 7),
    )
    .map(([name, at, referenceID]) =>
      name === "EventUnregisteredAll"
        ? connectionEvent(name, at, { referenceID })
        : connectionEvent(name, at),
    );
  // A session starts once: its id says when.
  const sessions = fc
    .tuple(fc.constantFrom("a", "b"), time)
    .map(([id, startedAt]) => ({ id: `${id}${startedAt}`, startedAt }));
  const said = fc.record({
    session: fc.option(sessions, { nil: undefined }),
    events: fc.array(event, { maxLength: 3 }),
    isHeartbeat: fc.boolean(),
  });

  const endOf = (history: readonly Partial<ConnectionReport>[], step: number) => {
    const end = history.reduce(
      (before: Connection | undefined, one, index) =>
        seen({ ...one, at: baseTime + index * step }, before),
      undefined,
    );
    const { revision: _, seenAt: __, session: last, stale, sweeps = [], ...rest } = end ?? seen();
    const occurrences = Object.entries(rest).map(([name, value]) =>
      typeof value === "object" && "at" in value ? [name, value.at] : [name, value],
    );
    return {
      occurrences: occurrences.toSorted(),
      session: last?.id,
      stale: stale && [stale.since, stale.cause],
      sweeps: sweeps.map(({ id }) => id).toSorted(),
    };
  };

  it("ends in the same connection in any order and with any repetition, times of hearing aside", () => {
    const shuffled = fc.array(said, { minLength: 1, maxLength: 6 }).chain((history) => {
      const twice = [...history, ...history];
      const inAnyOrder = fc.shuffledSubarray(twice, { minLength: twice.length });
      return fc.tuple(fc.constant(history), inAnyOrder);
    });
    fc.assert(
      fc.property(shuffled, ([history, other]) => {
        expect(endOf(other, 20 * second)).toEqual(endOf(history, second));
      }),
      { numRuns: 1000 },
    );
  });
});
