import { UsageError } from "../../bridge/terminal/usage-error.ts";
import { parseArn, type QueueAddress } from "../queues/queue-address.ts";

/** Who gets the messages. */
export type Subscriber =
  | { readonly protocol: "sqs"; readonly queue: QueueAddress }
  | { readonly protocol: "email" | "sms"; readonly address: string };

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

const readEmail = (address: string): Subscriber => {
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw new UsageError("--email: not an e-mail address");
  return { protocol: "email", address };
};

// As E.164 has it. People write spaces and dashes, which SNS does not take.
const readNumber = (given: string): Subscriber => {
  const address = given.replaceAll(/[\s().-]/g, "");
  if (!/^\+[1-9]\d{6,14}$/.test(address))
    throw new UsageError("--sms: give the number with + and its country code, as +4915112345678");
  return { protocol: "sms", address };
};

/** The subscriber in `--sqs`, `--email` or `--sms`. Throws UsageError when it is not exactly one, or not one that SNS takes. */
export const readSubscriber = (given: {
  readonly sqs?: string | undefined;
  readonly email?: string | undefined;
  readonly sms?: string | undefined;
  readonly raw?: boolean | undefined;
}): Subscriber => {
  const { sqs, email, sms, raw } = given;
  const one = [sqs, email, sms].filter((each) => each !== undefined);
  if (one.length !== 1) throw new UsageError("give --sqs ARN, --email ADDRESS or --sms NUMBER");
  if (sqs !== undefined) return readQueue(sqs);
  if (raw) throw new UsageError("--raw applies to queues only");
  return sms === undefined ? readEmail(email ?? "") : readNumber(sms);
};
