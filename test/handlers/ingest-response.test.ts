import { describe, expect, it } from "vitest";
import { ingestProblem, resultsResponse } from "../../lambda/handlers/ingest-response.ts";
import type { EventResult } from "../../lambda/use-cases/ingest/result.ts";
import { toAnswer } from "../support/answer.ts";

const result = (index: number, outcome: EventResult["outcome"]): EventResult => ({
  index,
  id: "a",
  outcome,
});
const outcomes = ["applied", "duplicate", "outdated", "ignored"] as const;

describe("the answer to a request whose events were read", () => {
  it.each([
    [200, "there are none", []],
    [200, "all are good", outcomes.map((outcome, index) => result(index, outcome))],
    [207, "one is rejected", [result(0, "ignored"), result(1, "rejected")]],
    [422, "all are rejected", [result(0, "rejected"), result(1, "rejected")]],
  ])("is %i when %s, with all results", (status, _, results) => {
    const answer = toAnswer(resultsResponse(results, "request-1"));
    expect(answer).toMatchObject({ status, body: { results } });
  });
});

describe("the answer to a request that is refused as a whole", () => {
  it.each([
    ["too-large", 413],
    ["too-many", 413],
    ["signature-missing", 401],
    ["signature-stale", 401],
    ["signature-wrong", 401],
    ["encoded", 415],
    ["unsupported-media-type", 415],
    ["not-utf8", 400],
    ["not-json", 400],
    ["not-an-envelope", 400],
  ] as const)("for %s is %i and has the given detail", (code, status) => {
    const answer = toAnswer(ingestProblem(code, "request-1", "what is wrong"));
    expect(answer).toMatchObject({
      status,
      body: {
        type: `urn:dn-registration-adapter:problem:${code}`,
        status,
        detail: "what is wrong",
      },
    });
  });
});
