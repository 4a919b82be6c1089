import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashText } from "../../../lambda/adapters/hash-text.ts";
import {
  addEvidence,
  forgetRefused,
  isEnoughEvidence,
  isWrongClockEvidence,
  mergeRequests,
  noRequests,
  type RequestMark,
  type RequestMemory,
  requestsOf,
  shortRequestId,
} from "../../../lambda/domain/connection/request-memory.ts";

const idOf = (number: number): string => shortRequestId(hashText, `msg_${number}`);
const mark = (number: number, timestamp: number): RequestMark => ({ id: idOf(number), timestamp });
const toMemory = ({ id, timestamp }: RequestMark): RequestMemory => ({
  ids: id,
  newestAt: timestamp,
});
const rememberAll = (marks: readonly RequestMark[], before = noRequests): RequestMemory =>
  marks.reduce((memory, one) => mergeRequests(memory, toMemory(one)), before);
// Requests 1 to `count`, ten seconds apart.
const some = (count: number) => Array.from({ length: count }, (_, n) => mark(n, 1000 + n * 10));

describe("the memory of requests", () => {
  it("has 32 to 64 ids of one length", () => {
    const sizes = [1, 32, 33, 64, 65, 96, 97].map((count) => {
      const { ids, older = "" } = rememberAll(some(count));
      return (ids.length + older.length) / 6;
    });
    expect(sizes).toEqual([1, 32, 33, 64, 33, 64, 33]);
  });

  it("knows until when it has forgotten", () => {
    expect(rememberAll(some(64)).forgottenUntil).toBe(0);
    expect(rememberAll(some(65)).forgottenUntil).toBe(1000 + 31 * 10);
    expect(rememberAll(some(97)).forgottenUntil).toBe(1000 + 63 * 10);
  });

  it("takes a repeated request once", () => {
    const memory = rememberAll(some(3));
    expect(mergeRequests(memory, { ids: idOf(1), newestAt: 1200 })).toEqual({
      ...memory,
      newestAt: 1200,
    });
    expect(mergeRequests(memory, undefined)).toBe(memory);
  });

  it("forgets what is stored when more than it holds came since", () => {
    const stored = rememberAll(some(5));
    const since = rememberAll(some(40).slice(5));
    expect(mergeRequests(stored, since)).toEqual({ ...since, forgottenUntil: 1040 });
    const more = rememberAll(some(97).slice(5));
    expect(mergeRequests(stored, more).forgottenUntil).toBe(more.forgottenUntil);
    const { forgottenUntil: _, ...neverForgot } = since;
    expect(mergeRequests(stored, neverForgot).forgottenUntil).toBe(1040);
  });

  it("knows nothing of the past of a connection that had none", () => {
    const known = { ids: "", newestAt: 1300, forgottenUntil: 1300 };
    expect(requestsOf({ seenAt: 999_999_999 })).toEqual(known);
    expect(requestsOf({ seenAt: 5, requests: noRequests })).toBe(noRequests);
    const after = rememberAll(some(65), known);
    expect(after.forgottenUntil).toBe(1310);
  });
});

describe("a request with a wrong time", () => {
  const memory = rememberAll(some(65)); // until 1640; forgotten until 1310
  it.each<[string, boolean, RequestMark, RequestMemory[]]>([
    ["of a bridge that was never heard", true, mark(-1, 5), []],
    ["that was taken", false, mark(64, 1640), [memory]],
    ["that was taken before", false, mark(40, 1400), [memory]],
    ["that was taken for another server", false, mark(40, 1400), [noRequests, memory]],
    ["from the time of what is forgotten", false, mark(-1, 1310), [memory]],
    ["from that of another server", false, mark(-1, 1310), [noRequests, memory]],
    ["that would be remembered", true, mark(-1, 1311), [memory]],
    ["that may not have been written yet", false, mark(-1, 1580), [memory]],
    ["that may not have been written either", false, mark(-1, 1700), [memory]],
    ["that is newer than all others", true, mark(-1, 1701), [memory]],
    ["from before others were refused", false, mark(-1, 1500), [forgetRefused(memory)]],
  ])("%s: proves a wrong clock: %s", (_, expected, request, memories) => {
    expect(isWrongClockEvidence(request, memories)).toBe(expected);
  });

  it("proves it together with two different ones", () => {
    const ids = [1, 1, 2, 2].map(idOf).reduce(addEvidence, "");
    expect(isEnoughEvidence(ids)).toBe(false);
    const proven = addEvidence(ids, idOf(3));
    expect(isEnoughEvidence(proven)).toBe(true);
    expect(addEvidence(proven, idOf(4))).toBe(proven);
  });

  it("never proves it if it was taken, whatever was taken, written and forgotten around it", () => {
    const marks = fc
      .array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 200 })
      .map((times) => times.map((timestamp, number) => mark(number, timestamp)));
    const parts = fc.array(fc.tuple(marks, fc.boolean()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, (all) => {
        const stored = all.reduce((before, [part, isRefusedAfter]) => {
          const after = mergeRequests(before, rememberAll(part));
          return isRefusedAfter ? forgetRefused(after) : after;
        }, noRequests);
        for (const one of all.flatMap(([part]) => part))
          expect(isWrongClockEvidence(one, [stored, noRequests])).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
