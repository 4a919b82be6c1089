import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { removalPolicyOf } from "./removal.ts";
import { resourceName } from "./resource-name.ts";
import type { Settings } from "./settings.ts";

/** Where things wait for a person: events that ingest rejected, and changes that SNS refused. */
export class Queues extends Construct {
  readonly rejectedEvents: Queue;
  readonly failedChanges: Queue;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.rejectedEvents = this.lastStop("RejectedEvents", "rejected-events", settings);
    this.failedChanges = this.lastStop("FailedChanges", "failed-changes", settings);
  }

  private lastStop(id: string, part: string, settings: Settings): Queue {
    const queue = new Queue(this, id, {
      queueName: resourceName(settings, part),
      // The longest that SQS keeps a message.
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: removalPolicyOf(settings),
    });
    const reason = "The last stop itself: an alarm watches its depth, and a command empties it.";
    Validations.of(queue).acknowledge({ id: "AwsSolutions-SQS3", reason });
    Validations.of(queue).acknowledge({ id: "Serverless-SQSRedrivePolicy", reason });
    return queue;
  }
}
