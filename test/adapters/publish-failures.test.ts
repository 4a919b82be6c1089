import { SNSClient } from "@aws-sdk/client-sns";
import { describe, expect, it } from "vitest";
import { createPublish } from "../../lambda/adapters/publish.ts";
import { toChangeMessage } from "../../lambda/domain/message/change-message.ts";
import { type AwsAnswer, queryError, startAwsServer } from "../support/aws-server.ts";
import { registered } from "../support/build-event.ts";
import { statusAfter } from "../support/status-after.ts";

type Failure = { Id: string; Code: string; SenderFault: boolean };

const messages = ["7001", "7002", "7003"].map((thisDN) =>
  toChangeMessage(undefined, statusAfter(registered({ thisDN }))),
);

const failing = (failures: readonly Failure[]): AwsAnswer => {
  const members = failures.map(
    ({ Id, Code, SenderFault }) =>
      `<member><Id>${Id}</Id><Code>${Code}</Code><SenderFault>${SenderFault}</SenderFault></member>`,
  );
  return {
    body: `<PublishBatchResponse><PublishBatchResult><Successful/><Failed>${members.join("")}</Failed></PublishBatchResult></PublishBatchResponse>`,
  };
};

const startPublish = async (answer: Parameters<typeof startAwsServer>[0]) => {
  const { requests, config } = await startAwsServer(answer);
  const publish = createPublish(new SNSClient(config), {
    changes: "arn:changes",
    alerts: "arn:x",
    alertTexts: "arn:texts",
  });
  return { requests, publish };
};

describe("what SNS does not accept", () => {
  it("is refused for good where the message is at fault, and failed where SNS is", async () => {
    const { publish } = await startPublish(() =>
      failing([
        { Id: "0", Code: "InternalError", SenderFault: false },
        { Id: "2", Code: "InvalidParameter", SenderFault: true },
      ]),
    );
    expect(await publish("changes", messages)).toEqual([
      expect.objectContaining({ kind: "failed" }),
      { kind: "published" },
      { kind: "refused", detail: "SNS answered InvalidParameter for the message" },
    ]);
  });

  it.each(["Throttled", "ThrottledException", "KMSThrottling", "KMS.ThrottlingException"])(
    "is only failed where SNS throttles, whichever side SNS calls at fault: %s",
    async (Code) => {
      const { publish } = await startPublish(() => failing([{ Id: "0", Code, SenderFault: true }]));
      expect((await publish("changes", messages))[0]).toMatchObject({ kind: "failed" });
    },
  );

  it.each(["InvalidParameter", "ParameterValueInvalid", "BatchRequestTooLong"])(
    "is found by publishing one by one when the whole batch is called %s",
    async (code) => {
      const { publish, requests } = await startPublish(({ body }, before) =>
        before === 0 || body.includes("7002") ? queryError(code) : failing([]),
      );
      expect(await publish("changes", messages)).toMatchObject([
        { kind: "published" },
        { kind: "refused", detail: expect.stringMatching(/^SNS: \w+$/) },
        { kind: "published" },
      ]);
      expect(requests).toHaveLength(4);
    },
  );

  it.each([
    ["AuthorizationError", 403],
    ["NotFound", 404],
    ["KMSAccessDenied", 400],
    ["Throttled", 429],
    ["InternalError", 500],
  ])("throws on %s: the outcome of every message is unknown", async (code, status) => {
    const { publish, requests } = await startPublish(() => queryError(code, status));
    await expect(publish("changes", messages)).rejects.toThrow("The message of AWS");
    expect(requests).toHaveLength(1);
  });

  it("throws when a message that is published alone meets another error", async () => {
    const { publish } = await startPublish((_, before) =>
      queryError(before === 0 ? "InvalidParameter" : "InternalError", before === 0 ? 400 : 500),
    );
    await expect(publish("changes", messages)).rejects.toThrow();
  });
});
