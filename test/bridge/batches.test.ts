import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeBatches } from "../../bridge/batches.ts";
import type { SourceEvent } from "../../bridge/source-event.ts";

const event = (dn: number, serverName?: string): SourceEvent => ({
  text: `{"ThisDN":"${dn}"}`,
  where: `f:${dn}`,
  ...(serverName !== undefined && { serverName }),
});
const many = (count: number) => Array.from({ length: count }, (_, index) => event(index));

describe("makeBatches", () => {
  it("cuts after 100 events", () => {
    const sizes = makeBatches(many(250), undefined).map(({ events }) => events.length);
    expect(sizes).toEqual([100, 100, 50]);
  });

  it("sends an array without a server name, else an envelope", () => {
    expect(makeBatches([event(1)], undefined)[0]?.body).toBe('[{"ThisDN":"1"}]');
    expect(makeBatches([event(1)], "S")[0]?.body).toBe(
      '{"serverName":"S","events":[{"ThisDN":"1"}]}',
    );
  });

  it("lets an envelope's server name go before the option's, and mixes no two in a batch", () => {
    const bodies = makeBatches([event(1, "A"), event(2), event(3)], "S").map(({ body }) => body);
    expect(bodies).toEqual([
      '{"serverName":"A","events":[{"ThisDN":"1"}]}',
      '{"serverName":"S","events":[{"ThisDN":"2"},{"ThisDN":"3"}]}',
    ]);
  });

  it("stays under the size, and lets an event that is larger travel alone", () => {
    const large: SourceEvent = { text: `{"x":"${"y".repeat(100)}"}`, where: "f" };
    const limits = { events: 10, bytes: 60 };
    const sizes = makeBatches([event(1), event(2), large, event(3)], undefined, limits).map(
      ({ events }) => events.length,
    );
    expect(sizes).toEqual([2, 1, 1]);
  });

  it("loses nothing and keeps the order", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.constantFrom("A", "B"))), (names) => {
        const events = names.map((name, index) => event(index, name ?? undefined));
        const limits = { events: 3, bytes: 50 };
        expect(makeBatches(events, undefined, limits).flatMap((each) => each.events)).toEqual(
          events,
        );
      }),
    );
  });
});
