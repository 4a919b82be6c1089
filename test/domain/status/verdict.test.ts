import { describe, expect, it } from "vitest";
import { causeInWords, reasonOf } from "../../../lambda/domain/status/reason.ts";
import { verdictOf } from "../../../lambda/domain/status/verdict.ts";
import { baseTime } from "../../support/build-event.ts";

describe("verdictOf", () => {
  it.each([
    [
      "the application asked",
      { referenceID: 88 },
      { verdict: "expected", category: "requested", evidence: "ReferenceID 88; no ErrorCode" },
    ],
    [
      "a cause without a request",
      { errorCode: 59 },
      {
        verdict: "unexpected",
        category: "configuration",
        evidence: "no ReferenceID; ErrorCode 59: DN is not configured in CME",
      },
    ],
    [
      "a request and a cause, which is not documented",
      { referenceID: 88, errorCode: 109 },
      {
        verdict: "unexpected",
        category: "link",
        evidence: "ReferenceID 88; ErrorCode 109: Link down or bad link specified",
      },
    ],
    [
      "neither",
      {},
      { verdict: "unexpected", category: "none-given", evidence: "no ReferenceID; no ErrorCode" },
    ],
    [
      "a message alone",
      { errorMessage: "gone" },
      { verdict: "unexpected", category: "none-given", evidence: "no ReferenceID; no ErrorCode" },
    ],
    [
      "a code of a later release",
      { errorCode: 9999 },
      { verdict: "unexpected", category: "other", evidence: "no ReferenceID; ErrorCode 9999" },
    ],
    [
      "a code without a text",
      { errorCode: 742 },
      { verdict: "unexpected", category: "other", evidence: "no ReferenceID; ErrorCode 742" },
    ],
    [
      "a registration missed after a reconnect",
      { derived: { from: "reconnect" as const, at: baseTime } },
      {
        verdict: "unexpected",
        category: "none-given",
        evidence: "not registered again after the reconnect at 2026-11-20T02:58:00.123456Z",
      },
    ],
    [
      "one missed after a disconnect",
      { derived: { from: "disconnect" as const, at: baseTime } },
      {
        verdict: "unexpected",
        category: "none-given",
        evidence: "not registered again after the disconnect at 2026-11-20T02:58:00.123456Z",
      },
    ],
    [
      "a refused one, whatever its ReferenceID",
      { referenceID: 5, errorCode: 59, derived: { from: "refused" as const, at: baseTime } },
      {
        verdict: "unexpected",
        category: "configuration",
        evidence: "registration refused; ErrorCode 59: DN is not configured in CME",
      },
    ],
    [
      "one refused with a ReferenceID alone",
      { referenceID: 5, derived: { from: "refused" as const, at: baseTime } },
      {
        verdict: "unexpected",
        category: "none-given",
        evidence: "registration refused; no ErrorCode",
      },
    ],
  ])("judges %s", (_, cause, { verdict, category, evidence }) => {
    expect(verdictOf(cause)).toBe(verdict);
    expect(reasonOf(cause)).toMatchObject({ category, evidence });
  });

  it.each([
    ["configuration", [59, 123, 127, 128, 212, 619, 1143, 1151]],
    ["link", [54, 109, 207, 618, 1175]],
    ["service", [58, 1173]],
    ["capacity", [40, 124, 1176, 1181]],
    ["other", [41, 50, 1712, -5]],
  ])("groups the causes of %s", (category, codes) => {
    for (const errorCode of codes) expect(reasonOf({ errorCode }).category).toBe(category);
  });

  it("says that a retired registration ended by request", () => {
    expect(reasonOf({ retiredAt: baseTime })).toEqual({
      category: "requested",
      evidence: "retired at 2026-11-20T02:58:00.123456Z",
    });
  });

  it("names the code with its symbol, and the T-Server's message", () => {
    expect(reasonOf({ errorCode: 59, errorMessage: "gone" })).toMatchObject({
      errorCode: 59,
      errorSymbol: "TERR_NOT_CONFIGURED",
      errorMessage: "gone",
    });
    expect(reasonOf({ errorCode: 9999 })).not.toHaveProperty("errorSymbol");
    expect(reasonOf({})).not.toHaveProperty("errorCode");
    expect(reasonOf({})).not.toHaveProperty("errorMessage");
  });
});

describe("causeInWords", () => {
  it.each([
    [{ errorCode: 59, errorMessage: "other words" }, "DN is not configured in CME (59)"],
    [{ errorCode: 9999, errorMessage: "vendor words" }, "vendor words (9999)"],
    [{ errorCode: 9999 }, "unknown error code (9999)"],
    [{ errorMessage: "gone" }, "gone"],
    [{}, "no cause given"],
    [
      { derived: { from: "reconnect" as const, at: 1 } },
      "not registered again after the reconnect",
    ],
    [
      { derived: { from: "disconnect" as const, at: 1 } },
      "not registered again after the disconnect",
    ],
    [
      { errorCode: 59, derived: { from: "refused" as const, at: 1 } },
      "registration refused: DN is not configured in CME (59)",
    ],
    [{ derived: { from: "refused" as const, at: 1 } }, "registration refused"],
    [{ retiredAt: baseTime }, "retired"],
  ])("describes %j as %s", (cause, words) => {
    expect(causeInWords(cause)).toBe(words);
  });
});
