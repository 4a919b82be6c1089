import { Aws } from "aws-cdk-lib";
import {
  AccountPrincipal,
  AnyPrincipal,
  PolicyStatement,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import type { Topic } from "aws-cdk-lib/aws-sns";
import type { Settings } from "../settings/settings.ts";

/** Lets the named accounts, and everybody of the organization, subscribe. Without either setting: nobody outside. */
export const letOthersSubscribe = (
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

/** Lets the alarms of this account publish: a topic with a policy of its own has lost SNS's default one. */
export const letAlarmsPublish = (topic: Topic): void => {
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
