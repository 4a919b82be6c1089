import type { SNSClient } from "@aws-sdk/client-sns";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { listSubscriptions } from "./list-subscriptions.ts";
import type { Subscriber } from "./subscriber.ts";

/** Notes how a person who gets alerts as JSON too, as version 0.1.0 subscribed them, gets rid of that. */
export const noteJsonSubscription = async (
  sns: SNSClient,
  alertsTopicArn: string,
  { subscriber, terminal }: { readonly subscriber: Subscriber; readonly terminal: Terminal },
): Promise<void> => {
  if (subscriber.protocol === "sqs") return;
  const { protocol, address } = subscriber;
  const all = await listSubscriptions(sns, alertsTopicArn);
  const found = all.find((one) => one.protocol === protocol && one.endpoint === address);
  if (found?.arn === undefined) return;
  terminal.note(`${address} also gets alerts as JSON, from the topic for programs. To end that:`);
  terminal.noteCommand(`  aws sns unsubscribe --subscription-arn ${found.arn}`);
};
