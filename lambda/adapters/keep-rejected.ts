import type { SQSClient } from "@aws-sdk/client-sqs";
import type { RejectedEvent } from "../domain/request/rejected-event.ts";
import type { KeepRejected } from "../ports/rejected-events.ts";
import { toMessageText } from "./message-text.ts";
import { callBytes, createSendMessages } from "./send-messages.ts";

const maxEventCharacters = 30_000; // Up to 180 kB: at worst, JSON escapes each of them.

const toBody = (rejected: RejectedEvent): string => {
  const { event } = rejected;
  const body = toMessageText(rejected);
  return Buffer.byteLength(body) <= callBytes
    ? body
    : toMessageText({
        ...rejected,
        event: event.slice(0, maxEventCharacters),
        truncated: true,
      });
};

/**
 * Sends refused events to the queue of rejected events. An event too long for a message is cut and says so. Throws when
 * an event could not be sent.
 */
export const createKeepRejected = (client: SQSClient, queueUrl: string): KeepRejected => {
  const sendMessages = createSendMessages(client, queueUrl, "rejected events");
  return (events) => sendMessages(events.map((event) => ({ body: toBody(event) })));
};
