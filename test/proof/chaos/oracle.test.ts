import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashText } from "../../../lambda/adapters/hash-text.ts";
import { readEvent } from "../../../lambda/domain/event/read-event.ts";
import { merge } from "../../../lambda/domain/status/merge.ts";
import { standingOf } from "../../../lambda/domain/status/standing.ts";
import { formatTime } from "../../../lambda/domain/time.ts";
import { makeLoad } from "../../../proof/chaos/load.ts";
import { expectedState } from "../../../proof/chaos/oracle.ts";

const now = Date.UTC(2026, 10, 22) * 1000;

const standingsByDomain = (seed: number): Map<string, string> => {
  const marks = new Map<string, Parameters<typeof merge>[0]>();
  for (const { application, text } of makeLoad({ seed, count: 300, now }).events) {
    const read = readEvent(JSON.parse(text), "", {
      application,
      keyServerName: undefined,
      requestServerName: undefined,
      now,
      hash: hashText,
    });
    if (read.kind !== "event") throw new Error(`the load has what is no event: ${text}`);
    const key = `${read.event.server} ${read.event.thisDN} ${application}`;
    marks.set(key, merge(marks.get(key) ?? {}, read.event));
  }
  return new Map([...marks].map(([key, value]) => [key, standingOf(value).status]));
};

describe("the oracle", () => {
  it("judges every load's applications as the domain does, which it has nothing of", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { events } = makeLoad({ seed, count: 300, now });
        const expected = expectedState(events).flatMap(({ server, thisDN, applications }) =>
          applications.map(({ name, status }) => [`${server} ${thisDN} ${name}`, status] as const),
        );
        expect(standingsByDomain(seed)).toEqual(new Map(expected));
      }),
      { numRuns: 50 },
    );
  });

  it("writes times as the API does", () => {
    const [first] = makeLoad({ seed: 1, count: 1, now }).events;
    if (first === undefined) throw new Error("no event");
    expect(expectedState([first])[0]?.confirmedAt).toBe(formatTime(first.time));
  });
});
