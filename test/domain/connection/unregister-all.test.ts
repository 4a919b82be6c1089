import { describe, expect, it } from "vitest";
import type { Sweep } from "../../../lambda/domain/connection/connection.ts";
import { queueUnregisterAll } from "../../../lambda/domain/connection/unregister-all.ts";
import { baseTime } from "../../support/build-event.ts";
import { connectionEvent } from "../../support/build-report.ts";

describe("of several EventUnregisteredAll", () => {
  const all = (id: string, time = baseTime) =>
    connectionEvent("EventUnregisteredAll", time, { id });

  it.each([
    ["the newest", all("z"), all("a", baseTime + 1), "empty-a"],
    ["at the same time the greater id", all("a"), all("z"), "empty-z"],
  ])("%s counts, in any order", (_, one, other, expected) => {
    for (const events of [
      [one, other],
      [other, one],
    ])
      expect(events.reduce<Sweep[]>(queueUnregisterAll, []).map(({ id }) => id)).toEqual([
        expected,
      ]);
  });
});
