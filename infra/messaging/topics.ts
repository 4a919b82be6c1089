import { Validations } from "aws-cdk-lib";
import type { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { topicsKey } from "../security/topics-key.ts";
import { removalPolicyOf } from "../settings/removal-policy.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";
import { letAlarmsPublish, letOthersSubscribe } from "./topic-access.ts";

/** Where changes, alerts and the stack's own alarms go. */
export class Topics extends Construct {
  readonly key: Key;
  readonly changes: Topic;
  readonly alerts: Topic;
  readonly operations: Topic;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.key = topicsKey(this, settings);
    this.changes = this.topic("Changes", settings);
    this.alerts = this.topic("Alerts", settings);
    this.operations = this.topic("Operations", settings);
    letOthersSubscribe(this.changes, settings);
    letOthersSubscribe(this.alerts, settings);
    letAlarmsPublish(this.operations);
    if (settings.alarmEmail !== undefined) {
      this.mailAlarms(settings.alarmEmail);
    }
  }

  private mailAlarms(address: string): void {
    const subscription = this.operations.addSubscription(new EmailSubscription(address));
    Validations.of(subscription).acknowledge({
      id: "Serverless-SNSRedrivePolicy",
      reason:
        "A mail that comes back leaves its alarm visible: in CloudWatch and on the dashboard.",
    });
  }

  private topic(name: string, settings: Settings): Topic {
    const topic = new Topic(this, name, {
      topicName: resourceName(settings, name.toLowerCase()),
      masterKey: this.key,
      enforceSSL: true,
      // Version 1 signs with SHA-1.
      signatureVersion: "2",
    });
    topic.applyRemovalPolicy(removalPolicyOf(settings));
    return topic;
  }
}
