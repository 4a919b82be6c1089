import * as v from "valibot";
import type { FauxqsApp } from "./fauxqs-app.ts";

// Enough for every message that waits on a developer's machine; a chain whose header is forgotten only counts as a new one.
const headersKept = 100_000;

const SentSchema = v.union([
  v.pipe(
    v.object({ MessageId: v.string() }),
    v.transform(({ MessageId }) => [MessageId]),
  ),
  v.pipe(
    v.object({ Successful: v.array(v.object({ MessageId: v.string() })) }),
    v.transform(({ Successful }) => Successful.map(({ MessageId }) => MessageId)),
  ),
]);
const ReceivedSchema = v.looseObject({
  Messages: v.array(
    v.looseObject({
      MessageId: v.string(),
      Attributes: v.optional(v.record(v.string(), v.string()), {}),
    }),
  ),
});
const names = v.optional(v.array(v.string()), []);
const ReceiveSchema = v.pipe(
  v.object({ AttributeNames: names, MessageSystemAttributeNames: names }),
  v.transform(({ AttributeNames, MessageSystemAttributeNames }) =>
    [...AttributeNames, ...MessageSystemAttributeNames].some(
      (name) => name === "All" || name === "AWSTraceHeader",
    ),
  ),
);

/** Remembers the trace header of the newest messages, by message id. */
const createMemory = () => {
  const headers = new Map<string, string>();
  return {
    read: (messageId: string) => headers.get(messageId),
    keep: (messageId: string, header: string) => {
      headers.set(messageId, header);
      const oldest = headers.keys().next().value;
      if (headers.size > headersKept && oldest !== undefined) headers.delete(oldest);
    },
  };
};

/**
 * Makes SQS keep the header `X-Amzn-Trace-Id` of a request as the attribute AWSTraceHeader of its messages, by which Lambda
 * finds loops. What SNS passes on has none here: a loop through a topic is not noticed.
 */
export const keepTraceHeaders = (app: FauxqsApp): void => {
  const memory = createMemory();
  const addHeader = <M extends v.InferOutput<typeof ReceivedSchema>["Messages"][number]>(
    message: M,
  ) => {
    const AWSTraceHeader = memory.read(message.MessageId);
    if (AWSTraceHeader === undefined) return message;
    return { ...message, Attributes: { ...message.Attributes, AWSTraceHeader } };
  };
  app.addHook("preSerialization", async ({ headers, body }, _reply, answer: unknown) => {
    const header = headers["x-amzn-trace-id"];
    switch (headers["x-amz-target"]) {
      case "AmazonSQS.SendMessage":
      case "AmazonSQS.SendMessageBatch": {
        const sent = v.safeParse(SentSchema, answer);
        if (!sent.success || typeof header !== "string") break;
        for (const messageId of sent.output) memory.keep(messageId, header);
        break;
      }
      case "AmazonSQS.ReceiveMessage": {
        const received = v.safeParse(ReceivedSchema, answer);
        const isWanted = v.safeParse(ReceiveSchema, body);
        if (!received.success || !isWanted.output) break;
        return { ...received.output, Messages: received.output.Messages.map(addHeader) };
      }
    }
    return answer;
  });
};
