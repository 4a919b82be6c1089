import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDestinations, type Destination } from "../../bridge/destinations.ts";

const at = (url: string): Destination => ({ url, post: () => Promise.reject(new Error(url)) });
const urls = ["a", "b", "c"] as const;

/** Addresses with a clock that can be moved. */
const play = (...others: readonly string[]) => {
  let clock = 1_000_000;
  const destinations = createDestinations([at("a"), ...others.map(at)], () => clock);
  const fail = (askedMs = 0, elsewhere = true, backoffMs = 1_000) =>
    destinations.failed(destinations.inUse(), { elsewhere, backoffMs, askedMs });
  return {
    ...destinations,
    fail,
    /** Fails and waits as long as it is to. */
    goOn: (askedMs = 0) => {
      const { next, delayMs } = fail(askedMs);
      clock += delayMs;
      return [next, delayMs];
    },
  };
};

describe("the address in use", () => {
  it("is the first, until it fails; then the next stays in use", () => {
    const { inUse, fail } = play("b");
    expect(inUse().destination.url).toBe("a");
    expect(fail()).toEqual({ next: "b", changesOver: true, delayMs: 1_000 });
    expect(inUse().destination.url).toBe("b");
  });

  it("stays where another one cannot help, and waits as long as was asked", () => {
    const { fail } = play("b");
    expect(fail(9_000, false)).toEqual({ next: "a", changesOver: false, delayMs: 9_000 });
    expect(fail(500, false)).toEqual({ next: "a", changesOver: false, delayMs: 1_000 });
  });

  it("is the only one, again and again", () => {
    const { fail } = play();
    expect(fail()).toEqual({ next: "a", changesOver: false, delayMs: 1_000 });
    expect(fail(7_000)).toEqual({ next: "a", changesOver: false, delayMs: 7_000 });
  });

  it("goes around all of them while all fail", () => {
    const { goOn } = play("b", "c");
    expect([goOn(), goOn(), goOn(), goOn()].map(([next]) => next)).toEqual(["b", "c", "a", "b"]);
  });

  it("is not one that has asked for a longer time, as long as there is another", () => {
    const { goOn } = play("b");
    const steps = [goOn(3_500), goOn(), goOn(), goOn(), goOn(60_000), goOn(60_000)];
    expect(steps).toEqual([
      ["b", 1_000],
      ["b", 1_000],
      ["b", 1_000],
      ["a", 1_000],
      ["b", 1_000],
      ["a", 59_000],
    ]);
  });

  it("is not given up for a failure that began before it was in use", () => {
    const { inUse, failed, fail } = play("b");
    const first = inUse();
    fail();
    const late = failed(first, { elsewhere: true, backoffMs: 1_000, askedMs: 0 });
    expect(late).toEqual({ next: "b", changesOver: false, delayMs: 1_000 });
    fail();
    // In use again, and not for the same reason.
    failed(first, { elsewhere: true, backoffMs: 1_000, askedMs: 0 });
    expect(inUse().destination.url).toBe("a");
  });

  it("is waited for no less than the backoff, and no address is asked sooner than it wants", () => {
    const step = fc.record({
      askedMs: fc.constantFrom(0, 0, 500, 5_000, 50_000),
      backoffMs: fc.integer({ min: 500, max: 60_000 }),
      elsewhere: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), fc.array(step), (others, steps) => {
        let clock = 0;
        const free = new Map<string, number>();
        const [first, ...rest] = urls.slice(0, others + 1).map(at);
        if (first === undefined) return;
        const { inUse, failed } = createDestinations([first, ...rest], () => clock);
        for (const { askedMs, backoffMs, elsewhere } of steps) {
          const { url } = inUse().destination;
          expect(clock).toBeGreaterThanOrEqual(free.get(url) ?? 0);
          free.set(url, clock + askedMs);
          const { delayMs, next } = failed(inUse(), { askedMs, backoffMs, elsewhere });
          expect(delayMs).toBeGreaterThanOrEqual(backoffMs);
          expect(next).toBe(inUse().destination.url);
          if (!elsewhere) expect(next).toBe(url);
          clock += delayMs;
        }
      }),
    );
  });
});
