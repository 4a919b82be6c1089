import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { FanoutEnvironment } from "../../lambda/environment.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { allow } from "./permissions.ts";
import type { CapabilityProps } from "./service-props.ts";
import {
  acknowledgeObjectNames,
  alertsStream,
  feedFromStream,
  readStreams,
  statusStream,
} from "./table-stream.ts";

/** The streams that feed fanout. */
export interface FanoutSources {
  readonly statuses: EventSourceMapping;
  readonly alerts: EventSourceMapping;
}

/** Telling others: the function that publishes what changed, fed by the streams of the status and alerts tables. */
export class FanOut extends Construct {
  readonly fanout: LambdaFunction;
  readonly sources: FanoutSources;

  constructor(scope: Construct, id: string, props: CapabilityProps) {
    super(scope, id);
    this.fanout = this.fanoutFunction(props);
    acknowledgeObjectNames(this.fanout, props.settings);
    this.sources = {
      statuses: feedFromStream(this.fanout, statusStream, props),
      alerts: feedFromStream(this.fanout, alertsStream, props),
    };
  }

  private fanoutFunction({ settings, data, code }: CapabilityProps): LambdaFunction {
    const { topics, queues } = data;
    return new LambdaFunction(this, "Fanout", {
      settings,
      code,
      name: "fanout",
      description: "Publishes changes and alerts from the streams of their tables",
      memoryMegabytes: 512,
      timeoutSeconds: 60,
      environment: {
        CHANGES_TOPIC_ARN: topics.changes.topicArn,
        ALERTS_TOPIC_ARN: topics.alerts.topicArn,
        FAILED_CHANGES_QUEUE_URL: queues.failedChanges.queueUrl,
        EVALUATION_QUEUE_URL: queues.evaluation.queueUrl,
        ALERT_RULES: JSON.stringify(settings.alerts),
        ...(settings.runbookUrl === undefined ? {} : { RUNBOOK_URL: settings.runbookUrl }),
      } satisfies FanoutEnvironment,
      allowed: [
        allow(["sns:Publish"], [topics.changes.topicArn, topics.alerts.topicArn]),
        allow(["kms:Decrypt", "kms:GenerateDataKey"], [topics.key.keyArn]),
        allow(["sqs:SendMessage"], [queues.failedChanges.queueArn, queues.evaluation.queueArn]),
        ...readStreams(data, statusStream, alertsStream),
      ],
    });
  }
}
