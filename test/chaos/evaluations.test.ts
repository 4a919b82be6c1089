import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evaluatedIn, lossKeyOf, readEvaluations } from "../../chaos/evaluations.ts";

const messageOf = (thisDN: string) => ({
  messageId: thisDN,
  body: JSON.stringify({
    kind: "losses",
    server: "SIPTS750",
    losses: [{ thisDN, lossId: "alert-x" }],
  }),
});
const release = {
  messageId: "release",
  body: JSON.stringify({ kind: "release", server: "SIPTS750" }),
};
const payload = JSON.stringify({ Records: [messageOf("7001"), messageOf("7002"), release] });
const answer = (...failed: string[]) => ({
  kind: "answered" as const,
  payload: JSON.stringify({
    batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })),
  }),
});
const [first, second] = ["7001", "7002"].map((thisDN) => lossKeyOf(thisDN, "SIPTS750#alert-x"));

describe("what an invocation has seen to", () => {
  it("is every loss of its messages but those that it failed at", () => {
    expect(evaluatedIn(payload, answer())).toEqual([first, second]);
    expect(evaluatedIn(payload, answer("7001"))).toEqual([second]);
  });

  it("is nothing where it failed, or where it is no invocation of the evaluator", () => {
    const failed = { kind: "failed", reason: "timeout", payload: answer().payload } as const;
    expect(evaluatedIn(payload, failed)).toEqual([]);
    expect(evaluatedIn('{"Records":[{"eventID":"1"}]}', answer())).toEqual([]);
    expect(evaluatedIn('{"rawPath":"/"}', { kind: "answered", payload: "{}" })).toEqual([]);
  });

  it("is read back, but for a line that a kill cut off", () => {
    const directory = mkdtempSync(join(tmpdir(), "evaluations-"));
    try {
      const file = join(directory, "evaluated");
      writeFileSync(file, '{"key":"a","at":1}\n{"key":"b","at":2}\n{"key":"c"');
      expect(readEvaluations([join(directory, "none"), file])).toEqual([
        { key: "a", at: 1 },
        { key: "b", at: 2 },
      ]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
