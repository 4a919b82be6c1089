import * as v from "valibot";
import {
  distinctLosses,
  type EvaluationMessage,
  EvaluationMessageSchema,
  type NamedLosses,
} from "../domain/alerting/evaluation-message.ts";

/** A record of the evaluation queue. */
export type QueueRecord = { messageId: string; body: string };

/** One piece of work, and the messages that ask for it. */
export type Job = { messageIds: string[]; message: EvaluationMessage };

/** What a batch asks for, and the messages that cannot be read. */
export type Jobs = { jobs: Job[]; unreadable: string[] };

const BodySchema = v.pipe(v.string(), v.parseJson(), EvaluationMessageSchema);

const groupOf = (message: EvaluationMessage): string =>
  message.kind === "losses" ? JSON.stringify(["losses", message.server]) : JSON.stringify(message);

const lossesOf = (message: EvaluationMessage): NamedLosses =>
  message.kind === "losses" ? message.losses : [];

// All messages of a group are the same, except for the losses of a server.
const join = (messages: readonly EvaluationMessage[]): EvaluationMessage[] => {
  const losses = distinctLosses(messages.flatMap(lossesOf));
  return messages
    .slice(0, 1)
    .map((first) => (first.kind === "losses" ? { ...first, losses } : first));
};

/** Reads a batch: losses of one server are one piece of work, and what was asked for several times is done once. */
export const readJobs = (records: readonly QueueRecord[]): Jobs => {
  const read = records.map(({ messageId, body }) => ({
    messageId,
    result: v.safeParse(BodySchema, body),
  }));
  const readable = read.flatMap(({ messageId, result }) =>
    result.success ? [{ messageId, message: result.output }] : [],
  );
  const groups = [...Map.groupBy(readable, ({ message }) => groupOf(message)).values()];
  return {
    jobs: groups.flatMap((group) =>
      join(group.map(({ message }) => message)).map((message) => ({
        messageIds: group.map(({ messageId }) => messageId),
        message,
      })),
    ),
    unreadable: read.flatMap(({ messageId, result }) => (result.success ? [] : messageId)),
  };
};
