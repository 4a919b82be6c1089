import { Aws, Validations } from "aws-cdk-lib";
import {
  AccountPrincipal,
  AnyPrincipal,
  PolicyStatement,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { topicsKey } from "../security/customer-keys.ts";
import { removalPolicyOf } from "../settings/removal-policy.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

/** The topics for changes, alerts, the texts of alerts for people, and the stack's own alarms. */
export class Topics extends Construct {
  readonly key: Key;
  readonly changes: Topic;
  readonly alerts: Topic;
  readonly alertTexts: Topic;
  readonly operations: Topic;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.key = topicsKey(this, settings);
    this.changes = this.topic("Changes", "changes", settings);
    this.alerts = this.topic("Alerts", "alerts", settings);
    // The sender of e-mails; an SMS begins with its first ten characters.
    const displayName = `DN ${settings.stage}`;
    this.alertTexts = this.topic("AlertTexts", "alert-texts", settings, displayName);
    this.operations = this.topic("Operations", "operations", settings);
    letOthersSubscribe(this.changes, settings);
    letOthersSubscribe(this.alerts, settings);
    letOthersSubscribe(this.alertTexts, settings);
    letAlarmsPublish(this.operations);
    if (settings.alarmEmail !== undefined) {
      this.mailAlarms(settings.alarmEmail);
    }
  }

  private mailAlarms(address: string): void {
    const subscription = this.operations.addSubscription(new EmailSubscription(address));
    Validations.of(subscription).acknowledge({
      id: "Serverless-SNSRedrivePolicy",
      reason: "If a mail bounces, its alarm still shows in CloudWatch and on the dashboard.",
    });
  }

  private topic(id: string, part: string, settings: Settings, displayName?: string): Topic {
    const topic = new Topic(this, id, {
      topicName: resourceName(settings, part),
      ...(displayName === undefined ? {} : { displayName }),
      masterKey: this.key,
      enforceSSL: true,
      // Version 1 signs with SHA-1.
      signatureVersion: "2",
    });
    topic.applyRemovalPolicy(removalPolicyOf(settings));
    return topic;
  }
}

/** Lets the named accounts, and every account of the organization, subscribe. Without either setting no other account may. */
const letOthersSubscribe = (
  topic: Topic,
  { subscriberAccounts, organizationId }: Settings,
): void => {
  const subscribe = { actions: ["sns:Subscribe"], resources: [topic.topicArn] };
  if (subscriberAccounts.length > 0) {
    const principals = subscriberAccounts.map((account) => new AccountPrincipal(account));
    topic.addToResourcePolicy(
      new PolicyStatement({ ...subscribe, sid: "NamedAccountsSubscribe", principals }),
    );
  }
  if (organizationId !== undefined) {
    topic.addToResourcePolicy(
      new PolicyStatement({
        ...subscribe,
        sid: "OrganizationSubscribes",
        principals: [new AnyPrincipal()],
        conditions: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
      }),
    );
  }
};

/** Lets the alarms of this account publish: SNS's default policy would, but a topic with its own policy loses it. */
const letAlarmsPublish = (topic: Topic): void => {
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: "AlarmsOfThisAccount",
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
};
