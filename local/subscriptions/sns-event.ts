import type { Notification } from "./sns-notification.ts";

/** The event that a function gets from SNS: one record, the notification in Lambda's spelling. */
export function snsEvent(notification: Notification, subscriptionArn: string) {
  const { Type, MessageId, TopicArn, Subject, Message, Timestamp } = notification;
  const Sns = {
    Type,
    MessageId,
    TopicArn,
    Subject: Subject ?? null,
    Message,
    Timestamp,
    SignatureVersion: notification.SignatureVersion,
    Signature: notification.Signature,
    SigningCertUrl: notification.SigningCertURL,
    UnsubscribeUrl: notification.UnsubscribeURL,
    MessageAttributes: notification.MessageAttributes,
  };
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: subscriptionArn,
        Sns,
      },
    ],
  };
}
