import { CreateQueueCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import type { ResolvedResource, ResolvedTemplates } from "../templates/resolved-templates.ts";

const QueueSchema = v.object({
  QueueName: v.optional(v.string()),
  VisibilityTimeout: v.optional(v.number()),
  MessageRetentionPeriod: v.optional(v.number()),
  DelaySeconds: v.optional(v.number()),
  MaximumMessageSize: v.optional(v.number()),
  ReceiveMessageWaitTimeSeconds: v.optional(v.number()),
  FifoQueue: v.optional(v.boolean()),
  ContentBasedDeduplication: v.optional(v.boolean()),
  RedrivePolicy: v.optional(
    v.object({
      deadLetterTargetArn: v.string(),
      maxReceiveCount: v.union([v.number(), v.string()]),
    }),
  ),
});

const createQueue = async (
  { ref }: ResolvedResource,
  { QueueName: _name, RedrivePolicy, ...plain }: v.InferOutput<typeof QueueSchema>,
  client: SQSClient,
): Promise<void> => {
  const entries = Object.entries(plain).map(([name, value]) => [name, String(value)] as const);
  const Attributes = {
    ...Object.fromEntries(entries),
    ...(RedrivePolicy === undefined ? {} : { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
  };
  const QueueName = ref.slice(ref.lastIndexOf("/") + 1);
  await client.send(new CreateQueueCommand({ QueueName, Attributes }));
};

/** Creates the queues, dead-letter queues first. */
export const createQueues = async (
  templates: ResolvedTemplates,
  client: SQSClient,
): Promise<void> => {
  const queues = templates
    .ofType("AWS::SQS::Queue")
    .map((resource) => ({ resource, queue: v.parse(QueueSchema, resource.properties()) }));
  const terminal = queues.filter(({ queue }) => queue.RedrivePolicy === undefined);
  const others = queues.filter(({ queue }) => queue.RedrivePolicy !== undefined);
  for (const group of [terminal, others]) {
    await Promise.all(group.map(({ resource, queue }) => createQueue(resource, queue, client)));
  }
};
