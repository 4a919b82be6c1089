import { describe, expect, it } from "vitest";
import {
  doneRecords,
  runQueueMapping,
} from "../../../../local/event-sources/queues/queue-mapping.ts";
import { readQueueMappingSettings } from "../../../../local/event-sources/queues/queue-mapping-settings.ts";
import {
  type InvocationOutcome,
  stoppedLoop,
} from "../../../../local/functions/invocation-outcome.ts";
import { createFakeClock } from "../../../support/fake-clock.ts";
import { bodiesOf, queueRecord } from "../../../support/queue-records.ts";

const records = ["1", "2", "3"].map(queueRecord);
const answered = (answer: unknown): InvocationOutcome => ({
  kind: "answered",
  payload: JSON.stringify(answer),
});
const failAt = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const done = (invocation: InvocationOutcome, reportsBatchItemFailures = true) =>
  bodiesOf(doneRecords(records, invocation, { reportsBatchItemFailures }));

describe("what leaves the queue after an invocation", () => {
  it.each([[null], [{}], [""], [failAt()], [{ batchItemFailures: null }]])(
    "is the whole batch when the function answers %j",
    (answer) => expect(done(answered(answer))).toBe("123"),
  );

  it("is what the function does not report", () => {
    expect(done(answered(failAt("3", "1")))).toBe("2");
  });

  it.each([[failAt("1", "9")], [failAt("")], [{ batchItemFailures: [{}] }], ["done"]])(
    "is nothing when the report is %j",
    (answer) => expect(done(answered(answer))).toBe(""),
  );

  it("is nothing after an error", () => {
    expect(done({ kind: "failed", reason: "error", payload: "{}" })).toBe("");
  });

  it("is everything when the mapping has not asked for reports", () => {
    expect(done(answered(failAt("1")), false)).toBe("123");
  });
});

describe("settings of a queue's mapping", () => {
  const read = (more: object, timeLapse = 1) =>
    readQueueMappingSettings({ EventSourceArn: "arn:queue", ...more }, timeLapse);
  it("are Lambda's defaults when the template has none", () => {
    expect(read({})).toEqual({
      sourceArn: "arn:queue",
      batchSize: 10,
      windowMilliseconds: 0,
      reportsBatchItemFailures: false,
      filterPatterns: [],
      concurrency: 5,
    });
  });
  it.each([
    [1, 2000],
    [4, 500],
  ])("divide a window of two seconds by a time lapse of %d", (timeLapse, windowMilliseconds) => {
    const settings = read({ MaximumBatchingWindowInSeconds: 2 }, timeLapse);
    expect(settings).toMatchObject({ windowMilliseconds });
  });
  it.each([
    [2, 2],
    [50, 5],
  ])("make a maximum concurrency of %d to %d batches at once", (MaximumConcurrency, expected) => {
    expect(read({ ScalingConfig: { MaximumConcurrency } }).concurrency).toBe(expected);
  });
});

describe("a queue's mapping", () => {
  it("has as many batches with the function as allowed, and removes what is done", async () => {
    const clock = createFakeClock(0, 1000);
    const waiting = [..."abcdef"];
    const invoked: number[] = [];
    const removed = new Set<string>();
    let running = 0;
    const mapping = runQueueMapping(
      { ...readQueueMappingSettings({ EventSourceArn: "arn:queue" }, 1), concurrency: 2 },
      {
        clock,
        receive: async () => {
          const next = waiting.shift();
          if (next === undefined) await clock.wait(10_000);
          return next === undefined ? [] : [queueRecord(next)];
        },
        invoke: async () => {
          running += 1;
          invoked.push(running);
          await new Promise((resolve) => setTimeout(resolve, 5));
          running -= 1;
          return answered(null);
        },
        remove: (batch) => {
          removed.add(bodiesOf(batch));
          return Promise.resolve();
        },
        onLoop: () => undefined,
        onFailure: () => undefined,
      },
    );
    await expect(mapping).rejects.toThrow("stopped");
    await expect.poll(() => removed).toEqual(new Set("abcdef"));
    expect(Math.max(...invoked)).toBe(2);
  });

  it("leaves a message that is part of a loop in the queue, and delivers what came with it", async () => {
    const clock = createFakeClock(0, 1000);
    const batches = [["a", "loop", "b"]];
    const seen = { invoked: [""], removed: "", loops: "" };
    const mapping = runQueueMapping(readQueueMappingSettings({ EventSourceArn: "arn:queue" }, 1), {
      clock,
      receive: async () => {
        const next = batches.shift();
        if (next === undefined) await clock.wait(10_000);
        return (next ?? []).map((body) => ({
          ...queueRecord(body),
          attributes: { AWSTraceHeader: body },
        }));
      },
      invoke: (_payload, _turn, traceHeaders = []) => {
        seen.invoked.push(traceHeaders.join(" "));
        const isLoop = traceHeaders.includes("loop");
        return Promise.resolve(isLoop ? stoppedLoop : answered(null));
      },
      remove: (records) => {
        seen.removed += bodiesOf(records);
        return Promise.resolve();
      },
      onLoop: ({ body }) => {
        seen.loops += body;
      },
      onFailure: () => undefined,
    });
    await expect(mapping).rejects.toThrow("stopped");
    await expect
      .poll(() => seen)
      .toEqual({
        invoked: ["", "a loop b", "a", "loop", "b"],
        removed: "ab",
        loops: "loop",
      });
  });
});
