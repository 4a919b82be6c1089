import type { DynamoDBRecord } from "aws-lambda";
import { describe, expect, it, vi } from "vitest";
import { readStreamRecord } from "../../lambda/adapters/read-stream-record.ts";
import { createFanoutHandler } from "../../lambda/handlers/fanout-handler.ts";
import type { RequestEvaluation } from "../../lambda/ports/evaluation.ts";
import type { MessageOutcome, Publish } from "../../lambda/ports/publishing.ts";
import type { Metric } from "../../lambda/ports/telemetry.ts";
import { createPublishWrites, prepareWrite } from "../../lambda/use-cases/fanout/publish-writes.ts";
import { alertStreamRecord } from "../support/alert-stream-record.ts";
import { withoutRunbook } from "../support/alert-texts.ts";
import { buildAlert, buildResolvedAlert } from "../support/build-alert.ts";
import { registered, unregistered } from "../support/build-event.ts";
import { defaultRules } from "../support/default-rules.ts";
import type { LogLine } from "../support/ingest-harness.ts";
import { statusAfter } from "../support/status-after.ts";
import { streamRecord } from "../support/status-stream-record.ts";

/** Records "100", "101", … of DNs 7000, 7001, … that are new. */
const recordsOf = (count: number): DynamoDBRecord[] =>
  Array.from({ length: count }, (_, index) =>
    streamRecord(String(100 + index), statusAfter(registered({ thisDN: String(7000 + index) }))),
  );
const poison = (sequenceNumber: string): DynamoDBRecord => ({
  dynamodb: { SequenceNumber: sequenceNumber, NewImage: { ThisDN: { S: "SECRET" } } },
});
const published: MessageOutcome = { kind: "published" };
const refused: MessageOutcome = { kind: "refused", detail: "SNS refused the message: Invalid" };
const failed: MessageOutcome = { kind: "failed", detail: "SNS is busy" };
const settings = { ...withoutRunbook, rules: defaultRules };
const dnOf = (message: Parameters<Publish>[1][number]): string =>
  "event" in message ? message.event.subject : "a text";

/** The handler with the real domain; `answer` says what a topic answers to a DN's message. */
const createHarness = (
  answer: (thisDN: string) => MessageOutcome = () => published,
  keepFailedChange = vi.fn(async (_record: DynamoDBRecord, _detail: string) => {}),
  hasTexts = false,
) => {
  const publish = vi.fn<Publish>(async (_topic, messages) =>
    messages.map((message) => answer(dnOf(message))),
  );
  const requestEvaluation = vi.fn<RequestEvaluation>(async () => {});
  const metrics: Metric[] = [];
  const lines: LogLine[] = [];
  const handle = createFanoutHandler({
    prepare: (record) => prepareWrite(readStreamRecord(record), { ...settings, hasTexts }),
    publishWrites: createPublishWrites(publish, requestEvaluation),
    keepFailedChange,
    log: (level, message, fields) => lines.push({ level, message, fields }),
    emitMetrics: (some) => metrics.push(...some),
  });
  /** The DNs of each call to a topic. */
  const calls = (topic: string) =>
    publish.mock.calls
      .filter(([called]) => called === topic)
      .map(([, messages]) => messages.map(dnOf));
  return {
    run: (Records: DynamoDBRecord[]) => handle({ Records }),
    publish,
    requestEvaluation,
    calls,
    keepFailedChange,
    metrics,
    lines,
  };
};

const failureAt = (itemIdentifier: string) => ({ batchItemFailures: [{ itemIdentifier }] });
const success = { batchItemFailures: [] };

describe("fanout", () => {
  it("publishes every change in the stream's order, ten at a time", async () => {
    const { run, calls } = createHarness();
    expect(await run(recordsOf(23))).toEqual(success);
    expect(calls("changes").map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(calls("changes").flat()).toEqual(
      recordsOf(23).map(({ dynamodb }) => dynamodb?.Keys?.["ThisDN"]?.S),
    );
    expect(calls("alerts")).toEqual([]);
  });

  it("publishes ten writes only after the ten before them", async () => {
    const { run, publish } = createHarness();
    let underWay = 0;
    publish.mockImplementation(async (_, messages) => {
      underWay += 1;
      await new Promise((resolve) => setImmediate(resolve));
      expect(underWay).toBe(1);
      underWay -= 1;
      return messages.map(() => published);
    });
    expect(await run(recordsOf(30))).toEqual(success);
  });

  it("accepts an empty batch", async () => {
    expect(await createHarness().run([])).toEqual(success);
  });

  it("publishes a loss and its end, and has the evaluator check both", async () => {
    const { run, calls, requestEvaluation, metrics } = createHarness();
    const before = statusAfter(registered());
    const events = [registered(), unregistered({ time: before.statusSince + 1 })] as const;
    const lost = statusAfter(...events);
    const back = statusAfter(...events, registered({ time: before.statusSince + 2 }));
    const records = [streamRecord("1", lost, before), streamRecord("2", back, lost)];
    expect(await run(records)).toEqual(success);
    expect(calls("changes")).toEqual([["7001", "7001"]]);
    expect(calls("alerts")).toEqual([]);
    const losses = [{ thisDN: "7001", lossId: lost.alertId }];
    const message = { kind: "losses", server: "SIPTS750", losses };
    expect(requestEvaluation.mock.calls).toEqual([
      [
        [
          { message, delaySeconds: 30 },
          { message, delaySeconds: 0 },
        ],
      ],
    ]);
    expect(metrics).toEqual([{ name: "ChangesPublished", value: 2, unit: "Count" }]);
  });

  it("publishes an alert from its image alone, also among changes as a redrive may deliver it", async () => {
    const { run, calls, requestEvaluation, metrics } = createHarness();
    const records = [
      alertStreamRecord("1", buildAlert()),
      ...recordsOf(2),
      alertStreamRecord("2", buildResolvedAlert()),
    ];
    expect(await run(records)).toEqual(success);
    expect(calls("alerts")).toEqual([["7001", "7001"]]);
    expect(calls("changes")).toEqual([["7000", "7001"]]);
    expect(requestEvaluation).not.toHaveBeenCalled();
    expect(metrics).toEqual([
      { name: "AlertsTold", value: 2, unit: "Count" },
      { name: "ChangesPublished", value: 2, unit: "Count" },
    ]);
  });

  it("publishes the same when a batch is repeated", async () => {
    const { run, publish } = createHarness();
    await run(recordsOf(3));
    await run(recordsOf(3));
    const [first, second] = publish.mock.calls;
    expect(second).toEqual(first);
  });

  it.each([0, 7, 9, 10, 15])(
    "returns exactly the sequence number of the first that failed: %i",
    async (index) => {
      const from = 7000 + index;
      const { run, calls } = createHarness((dn) => (Number(dn) >= from ? failed : published));
      expect(await run(recordsOf(30))).toEqual(failureAt(String(100 + index)));
      // Nothing after its ten is even tried: the order would be lost.
      expect(calls("changes")).toHaveLength(index < 10 ? 1 : 2);
    },
  );

  it("returns a failed alert's record to be published again, although the changes beside it were published", async () => {
    const { run, publish } = createHarness();
    publish.mockImplementation(async (topic, messages) =>
      messages.map(() => (topic === "alerts" ? failed : published)),
    );
    const records = [...recordsOf(1), alertStreamRecord("200", buildAlert())];
    expect(await run(records)).toEqual(failureAt("200"));
  });

  it("keeps a refused alert whole, too", async () => {
    const { run, keepFailedChange } = createHarness(() => refused);
    const record = alertStreamRecord("200", buildAlert());
    expect(await run([record])).toEqual(success);
    expect(keepFailedChange.mock.calls).toEqual([[record, "SNS refused the message: Invalid"]]);
  });

  it("does not keep an alert whose text alone is refused: it logs and counts that", async () => {
    const keep = vi.fn(async () => {});
    const answer = (name: string) => (name === "a text" ? refused : published);
    const { run, lines, metrics } = createHarness(answer, keep, true);
    expect(await run([alertStreamRecord("200", buildAlert())])).toEqual(success);
    expect(keep).not.toHaveBeenCalled();
    const fields = { sequenceNumber: "200", detail: "SNS refused the message: Invalid" };
    expect(lines).toEqual([
      { level: "error", message: "alert published, but its text refused", fields },
    ]);
    expect(metrics).toContainEqual({ name: "AlertTextsRefused", value: 1, unit: "Count" });
  });

  it("starts again at the first of the ten when the evaluator's queue does not accept a loss", async () => {
    const { run, requestEvaluation } = createHarness();
    requestEvaluation.mockRejectedValue(new Error("SQS does not answer"));
    const records = [...recordsOf(13), streamRecord("200", statusAfter(unregistered()))];
    expect(await run(records)).toEqual(failureAt("110"));
  });

  it("keeps a refused record whole and goes on", async () => {
    const { run, keepFailedChange, lines, metrics } = createHarness((dn) =>
      dn === "7003" ? refused : published,
    );
    const records = recordsOf(12);
    expect(await run(records)).toEqual(success);
    expect(keepFailedChange.mock.calls).toEqual([[records[3], "SNS refused the message: Invalid"]]);
    expect(lines).toMatchObject([{ level: "error", fields: { sequenceNumber: "103" } }]);
    expect(metrics).toContainEqual({ name: "ChangesRefused", value: 1, unit: "Count" });
  });

  it("keeps what was refused before the first failure, and nothing after it", async () => {
    const answers: Record<string, MessageOutcome> = { 7001: refused, 7004: failed, 7005: refused };
    const { run, keepFailedChange } = createHarness((dn) => answers[dn] ?? published);
    expect(await run(recordsOf(8))).toEqual(failureAt("104"));
    expect(keepFailedChange).toHaveBeenCalledTimes(1);
  });

  it("keeps a record that is not an item of a table, publishes the others, and does not log its content", async () => {
    const { run, calls, keepFailedChange, lines } = createHarness();
    const [first, second, ...rest] = recordsOf(4);
    const records = [poison("1"), first, poison("2"), second, ...rest, poison("3")].flatMap(
      (record) => record ?? [],
    );
    expect(await run(records)).toEqual(success);
    expect(calls("changes")).toEqual([["7000", "7001", "7002", "7003"]]);
    const kept = keepFailedChange.mock.calls.map(([record]) => record.dynamodb?.SequenceNumber);
    expect(kept).toEqual(["1", "2", "3"]);
    expect(JSON.stringify(lines)).not.toContain("SECRET");
  });

  it("finds the right record when one beside an unreadable one fails", async () => {
    const { run } = createHarness((dn) => (dn === "7001" ? failed : published));
    expect(await run([poison("1"), ...recordsOf(3)])).toEqual(failureAt("101"));
  });

  it("calls no topic for unreadable records alone", async () => {
    const { run, publish } = createHarness();
    expect(await run([poison("1")])).toEqual(success);
    expect(publish).not.toHaveBeenCalled();
  });

  it("starts again at the first of the ten when a topic cannot be reached", async () => {
    const { run, lines } = createHarness((dn) => {
      if (dn === "7013") throw new Error("SNS does not answer");
      return published;
    });
    expect(await run(recordsOf(30))).toEqual(failureAt("110"));
    expect(lines).toMatchObject([{ level: "error", fields: { sequenceNumber: "110" } }]);
  });

  it("starts again at the first of the ten when a refused record cannot be kept", async () => {
    const down = vi.fn(() => Promise.reject(new Error("SQS does not answer")));
    const { run } = createHarness((dn) => (dn === "7004" ? refused : published), down);
    expect(await run(recordsOf(6))).toEqual(failureAt("100"));
  });

  it("has the whole batch repeated when a record that cannot be published has no sequence number", async () => {
    const { run } = createHarness(() => failed);
    const status = statusAfter(registered());
    const { dynamodb: _, ...bare } = streamRecord("1", status);
    const unnumbered = {
      ...bare,
      dynamodb: { NewImage: streamRecord("1", status).dynamodb?.NewImage ?? {} },
    };
    expect(await run([unnumbered])).toEqual(failureAt(""));
  });
});
