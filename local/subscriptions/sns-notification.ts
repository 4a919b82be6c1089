import * as v from "valibot";

const SnsNotificationSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({
    Type: v.string(),
    MessageId: v.string(),
    TopicArn: v.string(),
    Subject: v.optional(v.string()),
    Message: v.string(),
    Timestamp: v.string(),
    SignatureVersion: v.optional(v.string()),
    Signature: v.optional(v.string()),
    SigningCertURL: v.optional(v.string()),
    UnsubscribeURL: v.optional(v.string()),
    MessageAttributes: v.optional(v.record(v.string(), v.unknown()), {}),
  }),
);
/** SNS's envelope of a message. */
export type SnsNotification = v.InferOutput<typeof SnsNotificationSchema>;

/** Reads the notification in a queue's message (without raw delivery). */
export const readSnsNotification = (body: string): SnsNotification =>
  v.parse(SnsNotificationSchema, body);

/** The event that a function gets from SNS: one record with the notification in Lambda's spelling. */
export const snsEvent = (notification: SnsNotification, subscriptionArn: string) => {
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
};
