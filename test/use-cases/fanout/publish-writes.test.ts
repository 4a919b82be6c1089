import { describe, expect, it, vi } from "vitest";
import type { TableWrite } from "../../../lambda/domain/message/table-write.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import type { RequestEvaluation } from "../../../lambda/ports/evaluation.ts";
import type { MessageOutcome, Publish, Topic } from "../../../lambda/ports/publishing.ts";
import { publishMetrics } from "../../../lambda/use-cases/fanout/publish-metrics.ts";
import {
  createPublishWrites,
  prepareWrite,
} from "../../../lambda/use-cases/fanout/publish-writes.ts";
import { messageSettings } from "../../support/alert-texts.ts";
import { buildAlert, buildResolvedAlert } from "../../support/build-alert.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { defaultRules } from "../../support/default-rules.ts";

const appearing = (thisDN: string): TableWrite => ({
  kind: "status",
  before: undefined,
  after: advance(undefined, [registered({ thisDN })], baseTime),
});
const vanishing = (thisDN: string): TableWrite => {
  const before = advance(undefined, [registered({ thisDN })], baseTime);
  const after = advance(before, [unregistered({ thisDN, time: baseTime + 1 })], baseTime);
  return { kind: "status", before, after };
};
const opened: TableWrite = { kind: "alert", alert: buildAlert() };
const resolved: TableWrite = { kind: "alert", alert: buildResolvedAlert() };

const settings = { ...messageSettings, rules: defaultRules, hasTexts: true };
type Sent = Parameters<Publish>[1][number];
const nameOf = (message: Sent): string =>
  "event" in message ? `${message.event.type} ${message.event.subject}` : message.sms.slice(0, 8);

const publish = async (
  writes: readonly TableWrite[],
  answer: (topic: Topic, message: Sent) => MessageOutcome = () => ({
    kind: "published",
  }),
) => {
  const calls: string[] = [];
  const requestEvaluation = vi.fn<RequestEvaluation>(async () => {});
  const publishAll = createPublishWrites(async (topic, messages) => {
    calls.push(`${topic} ${messages.map(nameOf).join()}`);
    return messages.map((message) => answer(topic, message));
  }, requestEvaluation);
  const outcomes = await publishAll(writes.map((write) => prepareWrite(write, settings)));
  return { outcomes, calls, requests: requestEvaluation.mock.calls.map(([some]) => some) };
};

describe("publishing writes", () => {
  it("publishes changes and alerts, each topic in one call, in whatever order they come", async () => {
    const { outcomes, calls } = await publish([opened, appearing("1"), resolved, vanishing("2")]);
    expect(calls).toEqual([
      "changes registration.registered 1,registration.unregistered 2",
      "alerts alert.opened 7001,alert.resolved 7001",
      "alertTexts OPEN SIP,RESOLVED",
    ]);
    expect(outcomes).toEqual([
      { kind: "published", topic: "alerts" },
      { kind: "published", topic: "changes" },
      { kind: "published", topic: "alerts" },
      { kind: "published", topic: "changes" },
    ]);
  });

  it("calls only the topics that have a message", async () => {
    expect((await publish([appearing("1")])).calls).toHaveLength(1);
    expect((await publish([opened])).calls).toHaveLength(2);
  });

  it("publishes no text while the function knows no topic for it", () => {
    expect(prepareWrite(opened, { ...settings, hasTexts: false }).messages).toHaveLength(1);
  });

  it.each<[MessageOutcome, MessageOutcome, MessageOutcome["kind"]]>([
    [{ kind: "published" }, { kind: "failed", detail: "busy" }, "failed"],
    [{ kind: "failed", detail: "busy" }, { kind: "published" }, "failed"],
    [{ kind: "refused", detail: "too long" }, { kind: "published" }, "refused"],
    [{ kind: "refused", detail: "too long" }, { kind: "failed", detail: "busy" }, "failed"],
    [{ kind: "failed", detail: "busy" }, { kind: "refused", detail: "too long" }, "failed"],
    [{ kind: "published" }, { kind: "published" }, "published"],
  ])("has an alert published when both its topics have it: %j, %j", async (one, other, kind) => {
    const { outcomes } = await publish([opened], (topic) => (topic === "alerts" ? one : other));
    expect(outcomes).toMatchObject([{ kind }]);
  });

  it("has an alert published when its text alone is refused, and says why", async () => {
    const { outcomes } = await publish([opened, appearing("1")], (topic) =>
      topic === "alertTexts" ? { kind: "refused", detail: "no topic" } : { kind: "published" },
    );
    expect(outcomes).toEqual([
      { kind: "published", topic: "alerts", refusedText: "no topic" },
      { kind: "published", topic: "changes" },
    ]);
  });

  it("asks the evaluator once for all losses of the step", async () => {
    const { requests } = await publish([vanishing("2"), appearing("1"), vanishing("3")]);
    expect(requests).toMatchObject([
      [
        {
          message: {
            kind: "losses",
            server: "SIPTS750",
            losses: [{ thisDN: "2" }, { thisDN: "3" }],
          },
          delaySeconds: 30,
        },
      ],
    ]);
  });

  it("sends the evaluator nothing where nothing was lost", async () => {
    expect((await publish([appearing("1"), opened, resolved])).requests).toEqual([]);
  });

  it("fails as a whole when the evaluator's queue does not accept all", async () => {
    const publishAll = createPublishWrites(
      async (_, messages) => messages.map(() => ({ kind: "published" as const })),
      () => Promise.reject(new Error("SQS does not answer")),
    );
    await expect(publishAll([prepareWrite(vanishing("2"), settings)])).rejects.toThrow("SQS");
  });

  it("has published again only what a topic did not accept now", async () => {
    const { outcomes } = await publish([appearing("1"), opened], (topic) =>
      topic === "alerts" ? { kind: "failed", detail: "busy" } : { kind: "published" },
    );
    expect(outcomes).toEqual([
      { kind: "published", topic: "changes" },
      { kind: "failed", detail: "busy" },
    ]);
  });

  it("sets aside what a topic refuses for good", async () => {
    const { outcomes } = await publish([appearing("1"), appearing("2")], (_, message) =>
      nameOf(message).endsWith(" 1")
        ? { kind: "refused", detail: "too long" }
        : { kind: "published" },
    );
    expect(outcomes).toEqual([
      { kind: "refused", detail: "too long" },
      { kind: "published", topic: "changes" },
    ]);
  });

  it("treats a missing answer as a failure", async () => {
    const publishAll = createPublishWrites(
      async () => [],
      async () => {},
    );
    expect(await publishAll([prepareWrite(appearing("1"), settings)])).toMatchObject([
      { kind: "failed" },
    ]);
  });
});

describe("the message about a write", () => {
  it("puts the runbook's address into an alert", () => {
    const [{ message }] = prepareWrite(opened, settings).messages;
    expect(message).toMatchObject({
      event: { data: { runbookUrl: "https://runbooks.example/dn" } },
    });
  });
});

describe("publishMetrics", () => {
  it("counts changes and alerts published, and what was refused", () => {
    expect(
      publishMetrics([
        { kind: "published", topic: "changes" },
        { kind: "published", topic: "alerts", refusedText: "no topic" },
        { kind: "published", topic: "changes" },
        { kind: "refused", detail: "too long" },
        { kind: "failed", detail: "busy" },
      ]),
    ).toEqual([
      { name: "ChangesPublished", value: 2, unit: "Count" },
      { name: "AlertsTold", value: 1, unit: "Count" },
      { name: "AlertTextsRefused", value: 1, unit: "Count" },
      { name: "ChangesRefused", value: 1, unit: "Count" },
    ]);
  });
});
