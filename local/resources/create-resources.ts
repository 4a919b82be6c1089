import type { LocalClients } from "../emulators/local-clients.ts";
import type { SecretStore } from "../emulators/secret-store.ts";
import { createSubscriptions } from "../subscriptions/topic-subscriptions.ts";
import type { Deployment } from "../templates/resolved-templates.ts";
import { createBuckets } from "./buckets.ts";
import { createQueues } from "./queues.ts";
import { createSecrets } from "./secrets.ts";
import { createTables } from "./tables.ts";
import { createTopics } from "./topics.ts";

/** Stands up everything that holds data; answers, one line each, what matters and cannot be had here. */
export async function createResources(
  deployment: Deployment,
  clients: LocalClients,
  secrets: SecretStore,
): Promise<readonly string[]> {
  createSecrets(deployment, secrets);
  await Promise.all([
    createTables(deployment, clients.dynamodb),
    createQueues(deployment, clients.sqs),
    createTopics(deployment, clients.sns),
    createBuckets(deployment, clients.s3),
  ]);
  await createSubscriptions(deployment, clients.sns);
  return unknownResources(deployment);
}

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
/** Permissions, keys, logs and alarms: nothing of what the stack does depends on them here. */
const passedOver =
  /^AWS::(IAM|KMS|Logs|CloudWatch|CDK|XRay)::|Policy$|^AWS::Lambda::Permission$|^AWS::ApiGatewayV2::Stage$/;

function unknownResources({ resources }: Deployment): readonly string[] {
  const unknown = resources.filter(({ type }) => !run.has(type) && !passedOver.test(type));
  return unknown.map(({ logicalId, type }) => `${logicalId}: ${type}`);
}
