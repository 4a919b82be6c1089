import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInsteadAnswers } from "../../../local/api/instead-answers.ts";
import { createRandom } from "../../../samples/random.ts";

const events = "POST /v1/events";
const shares = [
  { status: 503, share: 0.1 },
  { status: 429, share: 0.05 },
];
const drawing = (random: () => number, retryAfter: number | undefined = undefined) =>
  createInsteadAnswers({ shares, retryAfter }, random);

describe("answers instead of the function's", () => {
  it.each([
    [0, 503, "Service Unavailable"],
    [0.099, 503, "Service Unavailable"],
    [0.1, 429, "Too Many Requests"],
    [0.149, 429, "Too Many Requests"],
  ])("for %d are %d, as API Gateway writes it", (drawn, status, message) => {
    expect(drawing(() => drawn).draw(events)).toEqual({
      status,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message }),
    });
  });

  it("are for requests with events only, and for none above the shares", () => {
    expect(drawing(() => 0.151).draw(events)).toBeUndefined();
    const { draw, summary } = drawing(() => 0);
    for (const route of ["GET /v1/registrations", "POST /v1/retirements", "GET /v1/health"]) {
      expect(draw(route)).toBeUndefined();
    }
    expect(summary()).toBeUndefined();
  });

  it("say when to come again, also at once", () => {
    expect(drawing(() => 0, 2).draw(events)?.headers).toMatchObject({ "retry-after": "2" });
    expect(drawing(() => 0, 0).draw(events)?.headers).toMatchObject({ "retry-after": "0" });
  });

  it("of a status without a name have a message, too", () => {
    const { draw } = createInsteadAnswers(
      { shares: [{ status: 599, share: 1 }], retryAfter: undefined },
      () => 0.999,
    );
    expect(draw(events)?.body).toBe('{"message":"Status 599"}');
  });

  it("come in their shares, and are counted", () => {
    const { draw, summary } = drawing(createRandom(7));
    const drawn = Array.from({ length: 10_000 }, () => draw(events)?.status);
    const count = (status: number) => drawn.filter((one) => one === status).length;
    expect(count(503) / 10_000).toBeCloseTo(0.1, 1);
    expect(count(429) / 10_000).toBeCloseTo(0.05, 1);
    expect(summary()).toContain(
      `of 10000 requests with events, ${count(503)} with 503 and ${count(429)} with 429`,
    );
  });

  it("are for every request where a share is 1", () => {
    const always = { shares: [{ status: 503, share: 1 }], retryAfter: undefined };
    const below1 = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(below1, (drawn) => {
        expect(createInsteadAnswers(always, () => drawn).draw(events)?.status).toBe(503);
      }),
    );
  });
});
