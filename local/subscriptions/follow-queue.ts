import { messagesPerCall, type QueueReader } from "../event-sources/queues/queue-reader.ts";
import { untilItWorks } from "../processes/retry-until-success.ts";
import type { Clock } from "../processes/stack-clock.ts";

/** Takes the text of a message; a rejection ends the following. */
export type HandleMessage = (body: string) => unknown;

/** Reads a queue of the runner's own: each message is removed, then handled, up to ten side by side. Rejects when the stack stops. */
export async function followQueue(
  { receive, remove }: QueueReader,
  handle: HandleMessage,
  { wait }: Pick<Clock, "wait">,
): Promise<never> {
  for (;;) {
    const messages = await untilItWorks(() => receive(messagesPerCall, 20), wait);
    const handles = messages.map(({ ReceiptHandle = "" }) => ReceiptHandle);
    await untilItWorks(() => remove(handles), wait);
    await Promise.all(messages.map(({ Body = "" }) => handle(Body)));
  }
}
