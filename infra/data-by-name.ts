import { Aws, Fn } from "aws-cdk-lib";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { resourceName } from "./settings/resource-name.ts";
import type { Settings } from "./settings/settings.ts";

/** A table by its name. */
export type NamedTable = { readonly tableName: string; readonly tableArn: string };

/** A queue by its name. */
export type NamedQueue = {
  readonly queueName: string;
  readonly queueArn: string;
  readonly queueUrl: string;
};

// Where AWS chooses the name: outputs of the data stack. The long ones are as 0.1 had them, so that the service stack
// finds what it needs in the data stack of either version.
const outputs = {
  statusStream: "ExportsOutputFnGetAttTablesStatus92EF1A2DStreamArnEEA9F3E5",
  alertsStream: "ExportsOutputFnGetAttAlertingTablesAlerts71ACE8BCStreamArnA6F30A01",
  topicsKey: "ExportsOutputFnGetAttTopicsKey64CE8550ArnE686EF99",
  bridgeKeys: "BridgeKeysSecret",
  readerTokens: "ReaderTokensSecret",
  failedStreamBatches: "FailedStreamBatchesBucket",
} as const;

/**
 * The data stack as the service stack knows it: by the names that the stage gives its resources, and by outputs where AWS
 * chooses a name. Neither stack holds on to the other, so each may be deployed, or taken back, first (ADR 0019).
 */
export class DataByName extends Construct {
  readonly tables;
  readonly streamArns;
  readonly queues;
  readonly topics;
  readonly topicsKeyArn;
  readonly secretArns;
  readonly failedStreamBatchesArn;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const table = (part: string) => namedTable(resourceName(settings, part));
    const queue = (part: string) => namedQueue(resourceName(settings, part));
    const output = (name: keyof typeof outputs) =>
      Fn.getStackOutput(resourceName(settings, "data"), outputs[name]);
    this.tables = {
      status: table("status"),
      history: table("history"),
      losses: table("losses"),
      alerts: table("alerts"),
      connections: table("connections"),
      windows: table("windows"),
    };
    this.streamArns = { status: output("statusStream"), alerts: output("alertsStream") };
    this.queues = {
      rejectedEvents: queue("rejected-events"),
      failedChanges: queue("failed-changes"),
      evaluation: queue("evaluation"),
      evaluationDeadLetters: queue("evaluation-dead-letters"),
    };
    this.topics = {
      changes: this.topic("Changes", resourceName(settings, "changes")),
      alerts: this.topic("Alerts", resourceName(settings, "alerts")),
      alertTexts: this.topic("AlertTexts", resourceName(settings, "alert-texts")),
      operations: this.topic("Operations", resourceName(settings, "operations")),
    };
    this.topicsKeyArn = output("topicsKey");
    this.secretArns = { bridgeKeys: output("bridgeKeys"), readerTokens: output("readerTokens") };
    this.failedStreamBatchesArn = `arn:${Aws.PARTITION}:s3:::${output("failedStreamBatches")}`;
  }

  private topic(id: string, topicName: string): ITopic {
    return Topic.fromTopicArn(this, id, arn("sns", topicName));
  }
}

/** The ARN of a resource in the stage's own account and region. */
const arn = (service: string, resource: string): string =>
  `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;

const namedTable = (tableName: string): NamedTable => ({
  tableName,
  tableArn: arn("dynamodb", `table/${tableName}`),
});

const namedQueue = (queueName: string): NamedQueue => ({
  queueName,
  queueArn: arn("sqs", queueName),
  queueUrl: `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/${queueName}`,
});
