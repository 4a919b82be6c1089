import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  askedBy,
  evaluatedIn,
  lossKeyOf,
  readEvaluations,
  writeEvaluations,
} from "../../../proof/chaos/evaluations.ts";

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

describe("what a call asks for", () => {
  const Entries = [messageOf("7001"), messageOf("7002"), release].map(({ messageId, body }) => ({
    Id: messageId,
    MessageBody: body,
  }));
  const call = {
    operation: "SendMessageBatch",
    isQuery: false,
    body: Buffer.from(JSON.stringify({ QueueUrl: "q", Entries })),
    caller: "chaos1",
  };
  const taking = (...ids: string[]) => JSON.stringify({ Successful: ids.map((Id) => ({ Id })) });

  it("is every loss of the messages that the queue took", () => {
    expect(askedBy(call, taking("7001", "7002", "release"))).toEqual([first, second]);
    expect(askedBy(call, taking("7002"))).toEqual([second]);
    expect(askedBy(call, "{}")).toEqual([]);
  });

  it("is nothing of another call, or of a message that is none to the evaluator", () => {
    expect(askedBy({ ...call, operation: "PublishBatch" }, taking("7001"))).toEqual([]);
    const other = JSON.stringify({ Entries: [{ Id: "1", MessageBody: "{}" }] });
    expect(askedBy({ ...call, body: Buffer.from(other) }, taking("1"))).toEqual([]);
  });
});

describe("what an invocation has handled", () => {
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
      const written = [
        { kind: "asked", key: "a", at: 1 },
        { kind: "seen", key: "b", at: 2 },
      ] as const;
      writeEvaluations(file, written);
      appendFileSync(file, '{"kind":"seen","key":"c"');
      expect(readEvaluations([join(directory, "none"), file])).toEqual(written);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
