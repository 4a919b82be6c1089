import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { FanoutEnvironment } from "../lambda/environment.ts";
import { allow } from "./allow.ts";
import type { CapabilityProps } from "./capability-props.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { feedFromStatusStream, readStatusStream } from "./status-stream.ts";

/** Telling others: the function that publishes what changed, fed by the status table's stream. */
export class FanOut extends Construct {
  readonly fanout: LambdaFunction;
  readonly source: EventSourceMapping;

  constructor(scope: Construct, id: string, props: CapabilityProps) {
    super(scope, id);
    const { settings, data, code } = props;
    const { topics, queues } = data;
    this.fanout = new LambdaFunction(this, "Fanout", {
      settings,
      code,
      name: "fanout",
      description: "Publishes changes and alerts from the stream of the status table",
      memoryMegabytes: 512,
      timeoutSeconds: 60,
      environment: {
        CHANGES_TOPIC_ARN: topics.changes.topicArn,
        ALERTS_TOPIC_ARN: topics.alerts.topicArn,
        FAILED_CHANGES_QUEUE_URL: queues.failedChanges.queueUrl,
        ...(settings.runbookUrl === undefined ? {} : { RUNBOOK_URL: settings.runbookUrl }),
      } satisfies FanoutEnvironment,
      allowed: [
        allow(["sns:Publish"], [topics.changes.topicArn, topics.alerts.topicArn]),
        allow(["kms:Decrypt", "kms:GenerateDataKey"], [topics.key.keyArn]),
        allow(["sqs:SendMessage"], [queues.failedChanges.queueArn]),
        ...readStatusStream(data),
      ],
    });
    this.source = feedFromStatusStream(this.fanout, props);
  }
}
