import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { keepExportsOf01 } from "./exports-of-0-1.ts";
import { FailedStreamBatches } from "./messaging/failed-stream-batches.ts";
import { Queues } from "./messaging/queues.ts";
import { Topics } from "./messaging/topics.ts";
import { publishOutputs } from "./outputs.ts";
import { Secrets } from "./security/secrets.ts";
import { resourceName } from "./settings/resource-name.ts";
import { isProtected, type Settings } from "./settings/settings.ts";
import { AlertingTables } from "./tables/alerting-tables.ts";
import { RegistrationTables } from "./tables/registration-tables.ts";
import { makeInTurn } from "./tables/safe-table.ts";

/** What a stage must not lose: tables, topics with their subscriptions, queues, secrets, failed stream batches. */
export class DataStack extends Stack {
  readonly tables: RegistrationTables;
  readonly alerting: AlertingTables;
  readonly topics: Topics;
  readonly queues: Queues;
  readonly secrets: Secrets;
  readonly failedStreamBatches: FailedStreamBatches;

  constructor(scope: Construct, settings: Settings) {
    const stackName = resourceName(settings, "data");
    super(scope, stackName, {
      stackName,
      description: "DN registrations: tables, topics, queues and secrets",
      terminationProtection: isProtected(settings),
    });
    this.tables = new RegistrationTables(this, "Tables", settings);
    const { key } = this.tables;
    this.alerting = new AlertingTables(this, "AlertingTables", { settings, key });
    const { status, history } = this.tables;
    const { losses, alerts, connections, windows } = this.alerting;
    makeInTurn([status, history, losses, alerts, connections, windows]);
    this.topics = new Topics(this, "Topics", settings);
    this.queues = new Queues(this, "Queues", settings);
    this.secrets = new Secrets(this, "Secrets", settings);
    this.failedStreamBatches = new FailedStreamBatches(this, "FailedStreamBatches", settings);
    publishOutputs(this, this.outputs());
    keepExportsOf01(this, settings);
  }

  private outputs(): Readonly<Record<string, string>> {
    return {
      StatusTable: this.tables.status.tableName,
      HistoryTable: this.tables.history.tableName,
      LossesTable: this.alerting.losses.tableName,
      AlertsTable: this.alerting.alerts.tableName,
      ConnectionsTable: this.alerting.connections.tableName,
      WindowsTable: this.alerting.windows.tableName,
      ChangesTopic: this.topics.changes.topicArn,
      AlertsTopic: this.topics.alerts.topicArn,
      AlertTextsTopic: this.topics.alertTexts.topicArn,
      OperationsTopic: this.topics.operations.topicArn,
      RejectedEventsQueue: this.queues.rejectedEvents.queueUrl,
      FailedChangesQueue: this.queues.failedChanges.queueUrl,
      EvaluationQueue: this.queues.evaluation.queueUrl,
      EvaluationDeadLettersQueue: this.queues.evaluationDeadLetters.queueUrl,
      FailedStreamBatchesBucket: this.failedStreamBatches.bucket.bucketName,
      BridgeKeysSecret: this.secrets.bridgeKeys.secretArn,
      ReaderTokensSecret: this.secrets.readerTokens.secretArn,
    };
  }
}
