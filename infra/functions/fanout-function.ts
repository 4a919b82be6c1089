import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { FanoutEnvironment } from "../../lambda/environment.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { allow } from "./permissions.ts";
import type { ServiceProps } from "./service-props.ts";
import {
  acknowledgeObjectNames,
  alertsStream,
  feedFromStream,
  statusStream,
  streamPermissions,
} from "./table-stream.ts";

/** The event sources that feed fanout. */
export type FanoutSources = {
  readonly statuses: EventSourceMapping;
  readonly alerts: EventSourceMapping;
};

/** Publishes changes and alerts, which the streams of the status and alerts tables bring. */
export class FanoutFunction extends LambdaFunction {
  readonly sources: FanoutSources;

  constructor(scope: Construct, id: string, props: ServiceProps) {
    const { settings, data, code } = props;
    const { topics, queues } = data;
    super(scope, id, {
      settings,
      code,
      name: "fanout",
      description: "Publishes changes and alerts from the streams of their tables",
      memoryMegabytes: 512,
      timeoutSeconds: 60,
      environment: {
        CHANGES_TOPIC_ARN: topics.changes.topicArn,
        ALERTS_TOPIC_ARN: topics.alerts.topicArn,
        ALERT_TEXTS_TOPIC_ARN: topics.alertTexts.topicArn,
        TIME_ZONE: settings.timeZone,
        // Commands for the local stack name no stage.
        ...(settings.stage === "local" ? {} : { STAGE: settings.stage }),
        FAILED_CHANGES_QUEUE_URL: queues.failedChanges.queueUrl,
        EVALUATION_QUEUE_URL: queues.evaluation.queueUrl,
        ALERT_RULES: JSON.stringify(settings.alerts),
        ...(settings.runbookUrl === undefined ? {} : { RUNBOOK_URL: settings.runbookUrl }),
      } satisfies FanoutEnvironment,
      allowed: [
        allow(
          ["sns:Publish"],
          [topics.changes.topicArn, topics.alerts.topicArn, topics.alertTexts.topicArn],
        ),
        allow(["kms:Decrypt", "kms:GenerateDataKey"], [data.topicsKeyArn]),
        allow(["sqs:SendMessage"], [queues.failedChanges.queueArn, queues.evaluation.queueArn]),
        ...streamPermissions(data, statusStream, alertsStream),
      ],
    });
    acknowledgeObjectNames(this, settings);
    this.sources = {
      statuses: feedFromStream(this, statusStream, props),
      alerts: feedFromStream(this, alertsStream, props),
    };
  }
}
