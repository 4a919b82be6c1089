import { describe, expect, it } from "vitest";
import {
  createBatchDelivery,
  type GivenUpBatch,
} from "../../../../local/event-sources/streams/batch-delivery.ts";
import type { InvocationOutcome } from "../../../../local/functions/invocation-outcome.ts";
import { invokedWith, sequenceNumbers, streamRecords } from "../../../support/stream-records.ts";

const defaults = {
  reportsBatchItemFailures: true,
  bisectsOnError: false,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
};
type Answer = (batch: readonly string[], invocation: number) => unknown;

const toInvocation = (answer: unknown): InvocationOutcome => {
  if (answer instanceof Error) return { kind: "failed", reason: "error", payload: "{}" };
  return { kind: "answered", payload: JSON.stringify(answer) };
};

/** Delivers records 1 to `count`; the function throws where the answer is an Error. */
const deliver = async (count: number, settings: Partial<typeof defaults>, answer: Answer) => {
  const batches: string[] = [];
  const givenUp: GivenUpBatch[] = [];
  const waits: number[] = [];
  let now = 1_000_000;
  const run = createBatchDelivery(
    { ...defaults, ...settings },
    {
      now: () => now,
      wait: (milliseconds) => {
        waits.push(milliseconds);
        now += milliseconds;
        return Promise.resolve();
      },
      invoke: (payload) => {
        const batch = invokedWith(payload);
        batches.push(batch.join(""));
        return Promise.resolve(toInvocation(answer(batch, batches.length)));
      },
      giveUp: (batch) => {
        givenUp.push(batch);
        return Promise.resolve();
      },
    },
  );
  const numbers = Array.from({ length: count }, (_, index) => String(index + 1));
  await run(streamRecords(numbers, now / 1000));
  const kept = givenUp.map(({ records, condition, invocations }) => [
    sequenceNumbers(records).join(""),
    condition,
    invocations,
  ]);
  return { batches, kept, waits };
};

const failAt = (itemIdentifier: string) => ({ batchItemFailures: [{ itemIdentifier }] });
const poison =
  (sequenceNumber: string): Answer =>
  (batch) =>
    batch.includes(sequenceNumber) ? new Error("poison") : null;

describe("delivery of a batch", () => {
  it.each([[null], [{}], [""], [{ batchItemFailures: [] }], [{ batchItemFailures: null }]])(
    "is done when the function answers %j",
    async (answer) => {
      const { batches, kept } = await deliver(3, {}, () => answer);
      expect(batches).toEqual(["123"]);
      expect(kept).toEqual([]);
    },
  );

  it("repeats from the first item that failed", async () => {
    const report = { batchItemFailures: [{ itemIdentifier: "4" }, { itemIdentifier: "2" }] };
    const { batches } = await deliver(4, {}, (_batch, count) => (count === 1 ? report : null));
    expect(batches).toEqual(["1234", "234"]);
  });

  it.each([[{ batchItemFailures: [{}] }], [failAt("")], [failAt("9")], [{ batchItemFailures: 1 }]])(
    "repeats the whole batch after %j",
    async (answer) => {
      const { batches } = await deliver(2, {}, (_batch, count) => (count === 1 ? answer : null));
      expect(batches).toEqual(["12", "12"]);
    },
  );

  it("ignores reports that the mapping has not asked for", async () => {
    const { batches } = await deliver(2, { reportsBatchItemFailures: false }, () => failAt("1"));
    expect(batches).toEqual(["12"]);
  });

  it("waits longer and longer, up to a limit", async () => {
    const { waits } = await deliver(1, {}, (_batch, count) => (count < 9 ? new Error() : null));
    expect(waits).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
  });

  it("gives up after the last attempt and keeps what was not done", async () => {
    const { batches, kept } = await deliver(3, { maximumRetryAttempts: 2 }, (_batch, count) =>
      count === 1 ? failAt("2") : new Error(),
    );
    expect(batches).toEqual(["123", "23", "23", "23"]);
    expect(kept).toEqual([["23", "RetryAttemptsExhausted", 4]]);
  });

  it("bisects until the poisonous record is alone, keeps the order and costs no attempt", async () => {
    const settings = { bisectsOnError: true, maximumRetryAttempts: 1 };
    const { batches, kept } = await deliver(4, settings, poison("3"));
    expect(batches).toEqual(["1234", "12", "34", "3", "3", "4"]);
    expect(kept).toEqual([["3", "RetryAttemptsExhausted", 4]]);
  });

  it("bisects when a report makes no progress", async () => {
    const settings = { bisectsOnError: true, maximumRetryAttempts: 0 };
    const { batches, kept } = await deliver(3, settings, (batch) =>
      batch.includes("2") ? failAt("2") : null,
    );
    expect(batches).toEqual(["123", "23", "2", "3"]);
    expect(kept).toEqual([["2", "RetryAttemptsExhausted", 3]]);
  });

  it("gives up records that have become too old", async () => {
    const settings = { maximumRecordAgeSeconds: 3 };
    const { batches, kept } = await deliver(2, settings, () => new Error());
    expect(batches.length).toBeGreaterThan(2);
    expect(kept).toEqual([["12", "RecordAgeExceeded", batches.length]]);
  });
});
