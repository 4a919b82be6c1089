import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, type SNSClient } from "@aws-sdk/client-sns";
import * as v from "valibot";
import type { LocalClients } from "../emulators/local-clients.ts";
import type { SecretStore } from "../emulators/secret-store.ts";
import { createSubscriptions } from "../subscriptions/topic-subscriptions.ts";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import { createQueues } from "./queues.ts";
import { createTables } from "./tables.ts";

const run = new Set([
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::DynamoDB::GlobalTable",
  "AWS::DynamoDB::Table",
  "AWS::Events::Rule",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::Scheduler::Schedule",
  "AWS::Scheduler::ScheduleGroup",
  "AWS::SecretsManager::Secret",
  "AWS::SNS::Subscription",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
]);
/** Permissions, keys, logs and alarms: nothing in the local stack depends on them. */
const passedOver =
  /^AWS::(IAM|KMS|Logs|CloudWatch|CDK|XRay)::|Policy$|^AWS::Lambda::Permission$|^AWS::ApiGatewayV2::Stage$/;

const unknownResources = ({ resources }: ResolvedTemplates): readonly string[] => {
  const unknown = resources.filter(({ type }) => !run.has(type) && !passedOver.test(type));
  return unknown.map(({ logicalId, type }) => `${logicalId}: ${type}`);
};

const TopicSchema = v.object({
  FifoTopic: v.optional(v.boolean()),
  ContentBasedDeduplication: v.optional(v.boolean()),
});

/** Creates the topics. */
const createTopics = async (templates: ResolvedTemplates, client: SNSClient): Promise<void> => {
  for (const { ref, properties } of templates.ofType("AWS::SNS::Topic")) {
    const read = v.parse(TopicSchema, properties());
    const entries = Object.entries(read).map(([name, value]) => [name, String(value)] as const);
    const Name = ref.slice(ref.lastIndexOf(":") + 1);
    await client.send(new CreateTopicCommand({ Name, Attributes: Object.fromEntries(entries) }));
  }
};

/** Creates the buckets. */
const createBuckets = async (templates: ResolvedTemplates, client: S3Client): Promise<void> => {
  for (const { ref } of templates.ofType("AWS::S3::Bucket")) {
    await client.send(new CreateBucketCommand({ Bucket: ref }));
  }
};

const SecretSchema = v.object({
  Name: v.optional(v.string()),
  SecretString: v.optional(v.string(), ""),
});

/** Creates the template's secrets with their first values, or with those that are kept. */
const createSecrets = (templates: ResolvedTemplates, store: SecretStore): void => {
  for (const { ref, logicalId, properties } of templates.ofType("AWS::SecretsManager::Secret")) {
    const { Name = logicalId, SecretString } = v.parse(SecretSchema, properties());
    store.create({ arn: ref, name: Name, text: SecretString });
  }
};

/** Creates every resource that holds data; returns the unsupported resources that matter, one line each. */
export const createResources = async (
  templates: ResolvedTemplates,
  clients: LocalClients,
  secrets: SecretStore,
): Promise<readonly string[]> => {
  createSecrets(templates, secrets);
  await Promise.all([
    createTables(templates, clients.dynamodb),
    createQueues(templates, clients.sqs),
    createTopics(templates, clients.sns),
    createBuckets(templates, clients.s3),
  ]);
  await createSubscriptions(templates, clients.sns);
  return unknownResources(templates);
};
