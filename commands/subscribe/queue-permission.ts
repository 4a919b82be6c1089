import {
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { letTopicSend } from "./topic-policy.ts";

const Statement = v.looseObject({ Sid: v.optional(v.string()) });
const PolicySchema = v.looseObject({
  Version: v.optional(v.string(), "2012-10-17"),
  // IAM takes a single statement without the list around it.
  Statement: v.union([
    v.array(Statement),
    v.pipe(
      Statement,
      v.transform((one) => [one]),
    ),
  ]),
});

/** The policy with the topic's statement in it, the others untouched; undefined where it was there already. */
export const addTopicStatement = (
  policy: string | undefined,
  topicArn: string,
  queueArn: string,
): string | undefined => {
  const added = letTopicSend(topicArn, queueArn);
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), PolicySchema),
    policy || '{"Version":"2012-10-17","Statement":[]}',
  );
  if (!parsed.success)
    throw new CommandError(`the policy of ${queueArn} cannot be read: correct it first`);
  const others = parsed.output.Statement.filter(({ Sid }) => Sid !== added["Sid"]);
  const before = parsed.output.Statement.find(({ Sid }) => Sid === added["Sid"]);
  if (JSON.stringify(before) === JSON.stringify(added)) return undefined;
  return JSON.stringify({ ...parsed.output, Statement: [...others, added] });
};

/** What was done to the queue, and what stands in the way of messages all the same. */
export type QueuePermission = {
  readonly changed: boolean;
  readonly warnings: readonly string[];
};

/** Lets the topic send to the queue, keeping what its policy says otherwise. */
export const permitTopic = async (
  sqs: SQSClient,
  queueUrl: string,
  { topicArn, queueArn }: { readonly topicArn: string; readonly queueArn: string },
): Promise<QueuePermission> => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] }),
  );
  const key = Attributes?.["KmsMasterKeyId"];
  const warnings =
    key === undefined || key === ""
      ? []
      : key.endsWith("alias/aws/sqs")
        ? ["the queue is encrypted with alias/aws/sqs, which SNS cannot use: nothing will arrive"]
        : [`the queue is encrypted: the policy of ${key} must let sns.amazonaws.com use it`];
  const Policy = addTopicStatement(Attributes?.["Policy"], topicArn, queueArn);
  if (Policy === undefined) return { changed: false, warnings };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { Policy } }));
  return { changed: true, warnings };
};
