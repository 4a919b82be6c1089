import { createHash } from "node:crypto";

/** A statement of a resource policy. */
export type PolicyStatement = Readonly<Record<string, unknown>>;

/** A statement that lets one topic, and no other sender, send to the queue. Its id is the same for the same topic. */
export const letTopicSend = (topicArn: string, queueArn: string): PolicyStatement => ({
  Sid: `Topic${createHash("sha256").update(topicArn).digest("hex").slice(0, 16)}`,
  Effect: "Allow",
  Principal: { Service: "sns.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: queueArn,
  Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
});

/** A statement that refuses everything that does not come over TLS. */
export const refusePlainText = (queueArn: string): PolicyStatement => ({
  Sid: "OnlyTls",
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: queueArn,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** The statements as the text of a policy. */
export const policyText = (statements: readonly PolicyStatement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
