import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { removalPolicyOf } from "../settings/removal-policy.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

const safetyOf = (settings: Settings): QueueProps => ({
  // The longest that SQS keeps a message.
  retentionPeriod: Duration.days(14),
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  removalPolicy: removalPolicyOf(settings),
});

/** How long an evaluation may take. SQS hides its messages from other evaluations for six times as long, as AWS advises. */
export const evaluationTimeoutSeconds = 60;

/** The evaluator's queue, and the queues where something waits for a person: rejected events, refused changes, dead letters. */
export class Queues extends Construct {
  readonly rejectedEvents: Queue;
  readonly failedChanges: Queue;
  readonly evaluation: Queue;
  readonly evaluationDeadLetters: Queue;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.rejectedEvents = this.lastStop("RejectedEvents", "rejected-events", settings);
    this.failedChanges = this.lastStop("FailedChanges", "failed-changes", settings);
    this.evaluationDeadLetters = this.lastStop(
      "EvaluationDeadLetters",
      "evaluation-dead-letters",
      settings,
    );
    this.evaluation = new Queue(this, "Evaluation", {
      ...safetyOf(settings),
      queueName: resourceName(settings, "evaluation"),
      visibilityTimeout: Duration.seconds(6 * evaluationTimeoutSeconds),
      deadLetterQueue: { queue: this.evaluationDeadLetters, maxReceiveCount: 5 },
    });
  }

  private lastStop(id: string, part: string, settings: Settings): Queue {
    const queueName = resourceName(settings, part);
    const queue = new Queue(this, id, { ...safetyOf(settings), queueName });
    const reason = "This is the last stop: an alarm watches its depth, and a command empties it.";
    Validations.of(queue).acknowledge({ id: "AwsSolutions-SQS3", reason });
    Validations.of(queue).acknowledge({ id: "Serverless-SQSRedrivePolicy", reason });
    return queue;
  }
}
