import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { bridges, createTraffic } from "../../../proof/load/traffic.ts";
import { createRandom } from "../../../samples/random.ts";

const BodySchema = v.pipe(v.string(), v.parseJson(), v.array(v.looseObject({})));
const micros = Date.parse("2026-11-22T20:00:00Z") * 1000;
const traffic = (seed = 1) =>
  createTraffic({ random: createRandom(seed), now: () => micros, numbers: 100 });
const batchesOf = (count: number) => {
  const next = traffic();
  return Array.from({ length: count }, (_, index) =>
    next(bridges[index % 4] ?? { name: "", server: "" }),
  );
};

describe("the traffic", () => {
  it("is the same for the same seed", () => {
    const [bridge] = bridges;
    if (bridge === undefined) throw new Error("there is no bridge");
    expect(traffic(7)(bridge)).toEqual(traffic(7)(bridge));
    expect(traffic(7)(bridge)).not.toEqual(traffic(8)(bridge));
  });

  it("says in the body what it says of it", () => {
    for (const { events, body } of batchesOf(8)) {
      const sent = v.parse(BodySchema, body);
      expect(sent.map(({ ThisDN }) => ThisDN)).toEqual(events.map(({ thisDN }) => thisDN));
      expect(sent.map(({ Event }) => Event)).toEqual(
        events.map(({ status }) =>
          status === "registered" ? "EventRegistered" : "EventUnregistered",
        ),
      );
    }
  });

  it("has no two events at one time, but those that are sent twice", () => {
    const events = batchesOf(40).flatMap((batch) => batch.events);
    const times = Map.groupBy(events, ({ time }) => time);
    for (const same of times.values()) expect(new Set(same).size).toBe(1);
    expect(times.size).toBeLessThan(events.length);
  });

  it("keeps to its DNs, changes them, and takes some away", () => {
    const events = batchesOf(40).flatMap((batch) => batch.events);
    expect(new Set(events.map(({ thisDN }) => thisDN)).size).toBe(100);
    const gone = events.filter(({ status }) => status === "unregistered").length;
    expect(gone / events.length).toBeGreaterThan(0.05);
    expect(gone / events.length).toBeLessThan(0.2);
  });
});
