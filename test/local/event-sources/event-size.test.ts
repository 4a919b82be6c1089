import { describe, expect, it } from "vitest";
import { maxEventBytes, splitIntoEvents } from "../../../local/event-sources/event-size.ts";

const split = (records: readonly object[], batchSize = 10_000) =>
  splitIntoEvents(records, batchSize).map((event) => event.length);
const payloadOf = (records: readonly object[]) =>
  Buffer.byteLength(JSON.stringify({ Records: records }));

describe("the events of a batch", () => {
  it("have as many records as the batch size allows, in order", () => {
    const records = [1, 2, 3, 4, 5].map((id) => ({ id }));
    expect(splitIntoEvents(records, 2)).toEqual([
      [{ id: 1 }, { id: 2 }],
      [{ id: 3 }, { id: 4 }],
      [{ id: 5 }],
    ]);
    expect(split([])).toEqual([]);
  });

  it.each(["x", '"', "é", "\u0001"])("have no more than 6 MB of %j as JSON", (character) => {
    const records = Array.from({ length: 100 }, () => ({ body: character.repeat(150_000) }));
    const events = splitIntoEvents(records, 10_000);
    expect(events.flat()).toEqual(records);
    for (const event of events) expect(payloadOf(event)).toBeLessThanOrEqual(maxEventBytes);
    // And no fewer records than fit.
    const [first = [], second = []] = events;
    expect(payloadOf([...first, ...second.slice(0, 1)])).toBeGreaterThan(maxEventBytes);
  });

  it("are one to a record that is too large alone", () => {
    const small = { body: "x" };
    expect(split([small, { body: "x".repeat(maxEventBytes) }, small])).toEqual([1, 1, 1]);
  });
});
