import * as v from "valibot";
import type { FauxqsApp } from "./fauxqs-app.ts";

const EntrySchema = v.looseObject({
  Id: v.string(),
  MessageBody: v.optional(v.string(), ""),
  DelaySeconds: v.optional(v.number(), 0),
});
const BatchSchema = v.looseObject({ Entries: v.array(EntrySchema) });
const AnswerSchema = v.looseObject({ Failed: v.array(v.unknown()) });

type Entry = v.InferOutput<typeof EntrySchema>;
type Fault = { readonly code: string; readonly message: string };

const maxDelaySeconds = 900;
const maxEntries = 10;
const maxIdLength = 80;
const idFault: Fault = {
  code: "InvalidBatchEntryId",
  message: `A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most ${maxIdLength} letters long.`,
};

const faultOf = ({
  MessageBody,
  DelaySeconds,
}: Pick<Entry, "MessageBody" | "DelaySeconds">): Fault | undefined => {
  if (MessageBody === "") {
    return {
      code: "MissingParameter",
      message: "The request must contain the parameter MessageBody.",
    };
  }
  if (DelaySeconds >= 0 && DelaySeconds <= maxDelaySeconds) return undefined;
  return {
    code: "InvalidParameterValue",
    message: `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${maxDelaySeconds}.`,
  };
};

/** An entry that SQS refuses does not keep it from taking the others. */
const sortOut = (entries: readonly Entry[]) => {
  const judged = entries.map((entry) => ({ entry, fault: faultOf(entry) }));
  return {
    taken: judged.flatMap(({ entry, fault }) => (fault === undefined ? [entry] : [])),
    refused: judged.flatMap(({ entry, fault }) =>
      fault === undefined
        ? []
        : [{ Id: entry.Id, SenderFault: true, Code: fault.code, Message: fault.message }],
    ),
  };
};

// fauxqs writes this prefix before the codes of all errors, SQS not before these: the SDK would name them wrongly.
const wrongPrefix =
  /^AWS\.SimpleQueueService\.(?=(InvalidAttribute(Name|Value)|InvalidMessageContents|InvalidParameterValue|MissingParameter);)/;

// fauxqs refuses the rest: sizes, characters, empty batches, more than ten entries, ids that are not distinct.
const isRefusedAsAWhole = (entries: readonly Entry[]): boolean =>
  entries.length > maxEntries || new Set(entries.map(({ Id }) => Id)).size < entries.length;

/**
 * Makes SQS refuse what fauxqs takes: long delays, and in a batch empty messages and long ids. See
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export const limitSqs = (app: FauxqsApp): void => {
  const refusals = new WeakMap<object, readonly unknown[]>();
  app.addHook("preHandler", async (request, reply) => {
    const refuse = ({ code, message }: Fault) =>
      reply
        .code(400)
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amzn-query-error", `AWS.SimpleQueueService.${code};Sender`)
        .send({ __type: `com.amazonaws.sqs#${code}`, message });
    switch (request.headers["x-amz-target"]) {
      case "AmazonSQS.SendMessage": {
        const entry = v.safeParse(EntrySchema, { Id: "", ...Object(request.body) });
        const fault = entry.success ? faultOf(entry.output) : undefined;
        return fault && refuse(fault);
      }
      case "AmazonSQS.SendMessageBatch": {
        const batch = v.safeParse(BatchSchema, request.body);
        if (!batch.success || isRefusedAsAWhole(batch.output.Entries)) return undefined;
        if (batch.output.Entries.some(({ Id }) => Id.length > maxIdLength)) return refuse(idFault);
        const { taken, refused } = sortOut(batch.output.Entries);
        if (refused.length === 0) return undefined;
        if (taken.length === 0) return reply.send({ Successful: [], Failed: refused });
        refusals.set(request, refused);
        request.body = { ...batch.output, Entries: taken };
      }
    }
    return undefined;
  });
  app.addHook("preSerialization", async (request, reply, answer: unknown) => {
    const error = reply.getHeader("x-amzn-query-error");
    if (error !== undefined) {
      void reply.header("x-amzn-query-error", String(error).replace(wrongPrefix, ""));
    }
    const refused = refusals.get(request);
    const batch = v.safeParse(AnswerSchema, answer);
    if (refused === undefined || !batch.success) return answer;
    return { ...batch.output, Failed: [...batch.output.Failed, ...refused] };
  });
};
