import { describe, expect, it, vi } from "vitest";
import { createEvaluateHandler } from "../../lambda/handlers/evaluate-handler.ts";
import type { Metric } from "../../lambda/ports/telemetry.ts";
import type { LogLine } from "../support/ingest-harness.ts";

const createHarness = () => {
  const metrics: Metric[] = [];
  const lines: LogLine[] = [];
  const ports = {
    evaluateLosses: vi.fn(async (_server: string, _losses: unknown) => {}),
    settleAlert: vi.fn(async (_key: unknown) => {}),
    evaluateConnection: vi.fn(async (_key: unknown) => {}),
    releaseHeld: vi.fn(async (_server: string) => {}),
    sweep: vi.fn(async (_message: unknown, _isTimeShort: () => boolean) => {}),
    runSchedule: vi.fn(async (_thorough: boolean) => {}),
    retrySooner: vi.fn(async (_messages: unknown) => {}),
  };
  const handle = createEvaluateHandler({
    ...ports,
    log: (level, message, fields) => lines.push({ level, message, fields }),
    emitMetrics: (some) => metrics.push(...some),
  });
  const context = { getRemainingTimeInMillis: vi.fn(() => 60_000) };
  /** A batch of these messages, with ids "0", "1", …; a text is used as a body unchanged. */
  const take = (...messages: (object | string)[]) => {
    const Records = messages.map((message, index) => ({
      messageId: String(index),
      body: typeof message === "string" ? message : JSON.stringify(message),
      receiptHandle: `handle-${index}`,
      attributes: { ApproximateReceiveCount: String(index + 1) },
    }));
    return handle({ Records }, context);
  };
  const minute = (time?: string) => handle({ "detail-type": "Scheduled Event", time }, context);
  return { ...ports, handle, take, minute, context, metrics, lines };
};

const loss = (thisDN: string, lossId = "alert-1") => ({ thisDN, lossId });
const losses = (server: string, ...some: object[]) => ({ kind: "losses", server, losses: some });
const connection = { kind: "connection", server: "SIPTS750", application: "bridge-a" };
const sweep = { ...connection, kind: "sweep", sweepId: "s", from: "k" };
const failures = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const failed = (value: number): Metric => ({ name: "EvaluationsFailed", value, unit: "Count" });

describe("the evaluator's queue", () => {
  it("passes each message to the work that it asks for", async () => {
    const harness = createHarness();
    const alert = { kind: "alert", subject: "s", number: 2 };
    const release = { kind: "release", server: "SIPTS750" };
    expect(await harness.take(losses("A", loss("1")), alert, connection, release, sweep)).toEqual(
      failures(),
    );
    expect(harness.evaluateLosses.mock.calls).toEqual([["A", [loss("1")]]]);
    expect(harness.settleAlert.mock.calls).toEqual([[alert]]);
    expect(harness.evaluateConnection.mock.calls).toEqual([[connection]]);
    expect(harness.releaseHeld.mock.calls).toEqual([["SIPTS750"]]);
    expect(harness.sweep.mock.calls).toEqual([[sweep, expect.any(Function)]]);
    expect(harness.metrics).toEqual([]);
  });

  it("evaluates the losses of a server together, each once", async () => {
    const { take, evaluateLosses } = createHarness();
    await take(
      losses("A", loss("1"), loss("2")),
      losses("B", loss("1")),
      losses("A", loss("2"), loss("2", "alert-2")),
    );
    expect(evaluateLosses.mock.calls).toEqual([
      ["A", [loss("1"), loss("2"), loss("2", "alert-2")]],
      ["B", [loss("1")]],
    ]);
  });

  it("does once what is asked for several times", async () => {
    const { take, evaluateConnection } = createHarness();
    await take(connection, { ...connection, application: "bridge-b" }, connection);
    expect(evaluateConnection).toHaveBeenCalledTimes(2);
  });

  it("has all messages delivered again whose work failed, and no others", async () => {
    const { take, evaluateLosses, metrics, lines } = createHarness();
    const error = new Error("busy");
    evaluateLosses.mockImplementation(async (server) => {
      if (server === "A") throw error;
    });
    const messages = [losses("A", loss("1")), losses("B", loss("1")), losses("A", loss("2"))];
    expect(await take(...messages)).toEqual(failures("0", "2"));
    expect(metrics).toEqual([failed(2)]);
    expect(lines).toEqual([
      {
        level: "error",
        message: "evaluation failed",
        fields: { messageIds: ["0", "2"], kind: "losses", error },
      },
    ]);
  });

  it("has failed messages delivered again soon, by how often they were received", async () => {
    const { take, settleAlert, retrySooner } = createHarness();
    settleAlert.mockRejectedValue(new Error("busy"));
    await take(connection, { kind: "alert", subject: "s", number: 2 }, "no JSON");
    expect(retrySooner.mock.calls).toEqual([
      [
        [
          { receiptHandle: "handle-1", receives: 2 },
          { receiptHandle: "handle-2", receives: 3 },
        ],
      ],
    ]);
  });

  it("has nothing delivered again when nothing failed", async () => {
    const { take, retrySooner } = createHarness();
    await take(connection);
    expect(retrySooner).not.toHaveBeenCalled();
  });

  it("leaves the retry to the queue when SQS does not answer", async () => {
    const { take, retrySooner, lines } = createHarness();
    const error = new Error("SQS is busy");
    retrySooner.mockRejectedValue(error);
    expect(await take("no JSON")).toEqual(failures("0"));
    expect(lines.at(-1)).toEqual({
      level: "warn",
      message: "what failed comes again only when its visibility timeout ends",
      fields: { error },
    });
  });

  it.each(["no JSON SECRET", "{}", '{"kind":"SECRET"}', '{"kind":"release"}'])(
    "has a message delivered again that cannot be read, and logs nothing of it: %s",
    async (body) => {
      const { take, lines, metrics, evaluateConnection } = createHarness();
      expect(await take(body, connection)).toEqual(failures("0"));
      expect(evaluateConnection).toHaveBeenCalledOnce();
      expect(metrics).toEqual([failed(1)]);
      expect(JSON.stringify(lines)).not.toContain("SECRET");
    },
  );

  it("works on eight jobs at once, and no more", async () => {
    const { take, evaluateConnection } = createHarness();
    let underWay = 0;
    let most = 0;
    evaluateConnection.mockImplementation(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
    });
    const messages = Array.from({ length: 30 }, (_, index) => ({
      ...connection,
      application: `bridge-${index}`,
    }));
    await take(...messages);
    expect(most).toBe(8);
  });

  it("lets a sweep know when the invocation has less than half a minute left", async () => {
    const { take, sweep: run, context } = createHarness();
    const answers: boolean[] = [];
    run.mockImplementation(async (_, isTimeShort) => {
      answers.push(isTimeShort());
      context.getRemainingTimeInMillis.mockReturnValue(29_999);
      answers.push(isTimeShort());
    });
    await take(sweep);
    expect(answers).toEqual([false, true]);
  });
});

describe("the evaluator's schedule", () => {
  it("is thorough at first and at the full hour", async () => {
    const { minute, runSchedule } = createHarness();
    for (const time of ["2026-11-20T02:58:00Z", "2026-11-20T02:59:00Z", "2026-11-20T03:00:00Z"])
      await minute(time);
    expect(await minute()).toBeUndefined();
    expect(runSchedule.mock.calls).toEqual([[true], [false], [true], [false]]);
  });

  it("counts each run that is complete, for the alarm about runs that do not come", async () => {
    const { minute, runSchedule, metrics } = createHarness();
    await minute("2026-11-20T02:58:00Z");
    const complete: Metric = { name: "ScheduledRuns", value: 1, unit: "Count" };
    expect(metrics).toEqual([complete]);
    runSchedule.mockRejectedValueOnce(new Error("busy"));
    await expect(minute("2026-11-20T02:59:00Z")).rejects.toThrow("busy");
    expect(metrics).toEqual([complete, failed(1)]);
  });

  it("fails with the scheduled run, and stays thorough until a run has succeeded", async () => {
    const { minute, runSchedule, metrics, lines } = createHarness();
    runSchedule.mockRejectedValueOnce(new Error("busy"));
    await expect(minute("2026-11-20T02:58:00Z")).rejects.toThrow("busy");
    expect(metrics).toEqual([failed(1)]);
    expect(lines).toMatchObject([{ level: "error", fields: { schedule: "2026-11-20T02:58:00Z" } }]);
    await minute("2026-11-20T02:59:00Z");
    expect(runSchedule.mock.calls).toEqual([[true], [true]]);
  });

  it("logs and counts each part that failed", async () => {
    const { minute, runSchedule, metrics, lines } = createHarness();
    const parts = [new Error("one"), new AggregateError([new Error("two"), "three"])];
    runSchedule.mockRejectedValueOnce(new AggregateError(parts, "some failed"));
    await expect(minute("2026-11-20T02:58:00Z")).rejects.toThrow("some failed");
    expect(metrics).toEqual([failed(1), failed(1), failed(1)]);
    expect(lines.map(({ fields }) => fields["error"])).toEqual([
      new Error("one"),
      new Error("two"),
      "three",
    ]);
  });

  it.each([{}, { "detail-type": "EC2 Instance" }, "text", null])(
    "throws at an event that is neither: %j",
    async (event) => {
      const { handle, context, runSchedule } = createHarness();
      await expect(handle(event, context)).rejects.toThrow();
      expect(runSchedule).not.toHaveBeenCalled();
    },
  );
});
