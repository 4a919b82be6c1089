import { UsageError } from "../../bridge/terminal/usage-error.ts";
import { parseArn, type QueueAddress } from "../queues/queue-address.ts";

/** Who gets the messages. */
export type Subscriber =
  | { readonly protocol: "sqs"; readonly queue: QueueAddress }
  | { readonly protocol: "email"; readonly address: string };

const readQueue = (arn: string): Subscriber => {
  const queue = parseArn(arn, "sqs");
  if (queue === undefined)
    throw new UsageError("--sqs: give the queue's ARN, arn:aws:sqs:REGION:ACCOUNT:NAME");
  if (queue.name.endsWith(".fifo"))
    throw new UsageError(
      "--sqs: a FIFO queue cannot subscribe to these topics, which keep no order",
    );
  return { protocol: "sqs", queue };
};

/** The subscriber in `--sqs` or `--email`. Throws UsageError when it is not exactly one, or not one that SNS takes. */
export const readSubscriber = (given: {
  readonly sqs?: string | undefined;
  readonly email?: string | undefined;
  readonly raw?: boolean | undefined;
}): Subscriber => {
  if ((given.sqs === undefined) === (given.email === undefined))
    throw new UsageError("give --sqs ARN or --email ADDRESS");
  if (given.sqs !== undefined) return readQueue(given.sqs);
  if (given.raw) throw new UsageError("--raw applies to queues only");
  const address = given.email ?? "";
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw new UsageError("--email: not an e-mail address");
  return { protocol: "email", address };
};
