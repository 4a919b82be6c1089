import type { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { deleteMessage, receiveMessages } from "../queues/receive-messages.ts";

const MessageSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({
    type: v.string(),
    subject: v.optional(v.string(), ""),
    data: v.looseObject({ title: v.optional(v.string()), verdict: v.optional(v.string()) }),
  }),
);
/** A message of a topic, as far as the smoke test looks at it. */
export type TopicMessage = v.InferOutput<typeof MessageSchema>;

/** Waits for the next message of this type about our DN. Throws CommandError when none comes in time. */
export type AwaitMessage = (type: string) => Promise<TopicMessage>;

const isAbout = ({ subject, data }: TopicMessage, thisDN: string): boolean =>
  subject === thisDN || JSON.stringify(data["dns"] ?? "").includes(JSON.stringify(thisDN));

/** Which queue, about which DN, and how long each type of message may take. */
export type InboxOptions = {
  readonly queueUrl: string;
  readonly thisDN: string;
  readonly patienceMsOf: (type: string) => number;
};

/** An inbox over a queue that hears both topics: what comes about other DNs is passed over. */
export const createInbox = (
  sqs: SQSClient,
  { queueUrl, thisDN, patienceMsOf }: InboxOptions,
): AwaitMessage => {
  const waiting: TopicMessage[] = [];

  const fetchMore = async (): Promise<void> => {
    const taking = { queueUrl, holdSeconds: 60, waitSeconds: 1 };
    for (const message of await receiveMessages(sqs, taking)) {
      const parsed = v.safeParse(MessageSchema, message.body);
      if (parsed.success && isAbout(parsed.output, thisDN)) waiting.push(parsed.output);
      await deleteMessage(sqs, queueUrl, message);
    }
  };

  return async (type) => {
    const patienceMs = patienceMsOf(type);
    const end = Date.now() + patienceMs;
    for (;;) {
      const found = waiting.findIndex((message) => message.type === type);
      const [message] = found < 0 ? [] : waiting.splice(found, 1);
      if (message !== undefined) return message;
      if (Date.now() > end) throw new CommandError(`no ${type} came in ${patienceMs / 1000} s`);
      await fetchMore();
    }
  };
};
