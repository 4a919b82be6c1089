import * as v from "valibot";

const NotificationSchema = v.pipe(
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
/** What SNS puts around a message. */
export type Notification = v.InferOutput<typeof NotificationSchema>;

/** Reads the notification out of a queue's message (no raw delivery). */
export function readNotification(body: string): Notification {
  return v.parse(NotificationSchema, body);
}
