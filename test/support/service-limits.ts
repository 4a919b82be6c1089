import { toMessageText } from "../../lambda/adapters/message-text.ts";
import type { OutgoingMessage } from "../../lambda/domain/message/outgoing-message.ts";

/** What an item of DynamoDB, a message of SNS or SQS, and the answer of a function may have, in bytes. */
export const serviceLimits = { item: 409_600, message: 262_144, answer: 6_291_556 } as const;

/** As SNS counts a message: the text, its subject, and the name, type and value of each attribute. */
export const snsBytesOf = ({ subject, attributes, event }: OutgoingMessage): number => {
  const beside = [subject, toMessageText(attributes), "String.Array".repeat(5)].join("");
  return Buffer.byteLength(toMessageText(event) + beside);
};
