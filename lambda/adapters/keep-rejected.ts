import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { KeepRejected } from "../domain/ports.ts";
import type { RejectedEvent } from "../domain/request/rejected-event.ts";
import { toMessageText } from "./message-text.ts";

const messagesPerCall = 10;
const callBytes = 250_000; // SQS takes 256 KiB a call.
const maxEventCharacters = 30_000; // Up to 180 kB: at worst, each is one of JSON's escapes.

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

const packCalls = (bodies: readonly string[]): string[][] => {
  const calls: string[][] = [];
  let bytes = callBytes;
  for (const body of bodies) {
    const size = Buffer.byteLength(body);
    const call = calls.at(-1);
    if (call === undefined || call.length === messagesPerCall || bytes + size > callBytes) {
      calls.push([body]);
      bytes = size;
    } else {
      call.push(body);
      bytes += size;
    }
  }
  return calls;
};

/** Sends refused events to the queue of rejected events; one too long for a message is cut and says so. Throws when one could not be sent. */
export const createKeepRejected = (client: SQSClient, queueUrl: string): KeepRejected => {
  const sendCall = async (bodies: readonly string[]): Promise<void> => {
    const answer = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: bodies.map((body, index) => ({ Id: String(index), MessageBody: body })),
      }),
    );
    const failed = answer.Failed ?? [];
    if (failed.length > 0) throw new Error(`SQS did not take ${failed.length} rejected events`);
  };

  return async (events) => {
    await Promise.all(packCalls(events.map(toBody)).map(sendCall));
  };
};
