import { appendFileSync, existsSync, readFileSync } from "node:fs";
import * as v from "valibot";
import {
  type EvaluationMessage,
  EvaluationMessageSchema,
} from "../../lambda/domain/alerting/evaluation-message.ts";
import type { InvocationOutcome } from "../../local/functions/invocation-outcome.ts";
import { comparableText } from "./check.ts";
import type { ServiceCall } from "./service-call.ts";

/**
 * What was done about a loss: its evaluation was asked for, and the queue took that; or the evaluator has done it. `at` is
 * when the queue answered, or when the evaluator began, by our clock in microseconds; `key` as `lossKeyOf` makes it.
 */
export type EvaluationRecord = {
  readonly kind: "asked" | "seen";
  readonly key: string;
  readonly at: number;
};

/** Names a loss. `lossKey` as the losses table has it. */
export const lossKeyOf = (thisDN: string, lossKey: string): string =>
  comparableText(thisDN, lossKey);

const text = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(v.string(), v.parseJson(), schema);
const PayloadSchema = text(
  v.object({
    Records: v.array(v.object({ messageId: v.string(), body: text(EvaluationMessageSchema) })),
  }),
);
const EntriesSchema = text(
  v.object({ Entries: v.array(v.object({ Id: v.string(), MessageBody: v.string() })) }),
);
const TakenSchema = text(v.object({ Successful: v.array(v.object({ Id: v.string() })) }));
const AnswerSchema = text(
  v.object({ batchItemFailures: v.array(v.object({ itemIdentifier: v.string() })) }),
);

const lossesOf = (message: EvaluationMessage): string[] =>
  message.kind === "losses"
    ? message.losses.map(({ thisDN, lossId }) => lossKeyOf(thisDN, `${message.server}#${lossId}`))
    : [];

/** The losses whose evaluation a call asked for, going by what the queue took. */
export const askedBy = ({ operation, body }: ServiceCall, answer: string): string[] => {
  const asked = v.safeParse(EntriesSchema, body.toString());
  const answered = v.safeParse(TakenSchema, answer);
  if (operation !== "SendMessageBatch" || !asked.success || !answered.success) return [];
  const taken = new Set(answered.output.Successful.map(({ Id }) => Id));
  return asked.output.Entries.filter(({ Id }) => taken.has(Id))
    .map(({ MessageBody }) => v.safeParse(text(EvaluationMessageSchema), MessageBody))
    .flatMap(({ success, output }) => (success ? lossesOf(output) : []));
};

/** The losses that an invocation has evaluated: those of the evaluator's messages, but for the ones that it failed at. */
export const evaluatedIn = (
  payload: string,
  { kind, payload: answer }: InvocationOutcome,
): string[] => {
  const asked = v.safeParse(PayloadSchema, payload);
  const answered = v.safeParse(AnswerSchema, answer);
  if (kind === "failed" || !asked.success || !answered.success) return [];
  const failed = new Set(answered.output.batchItemFailures.map((one) => one.itemIdentifier));
  return asked.output.Records.filter(({ messageId }) => !failed.has(messageId)).flatMap(
    ({ body }) => lossesOf(body),
  );
};

const LineSchema = text(
  v.object({ kind: v.picklist(["asked", "seen"]), key: v.string(), at: v.number() }),
);

/** Writes them to the end of a file, a line each. */
export const writeEvaluations = (file: string, evaluations: readonly EvaluationRecord[]): void => {
  if (evaluations.length === 0) return;
  appendFileSync(file, evaluations.map((one) => `${JSON.stringify(one)}\n`).join(""));
};

/** Reads what was written to some files, a line an evaluation. The process that wrote the last line may have been killed. */
export const readEvaluations = (files: readonly string[]): EvaluationRecord[] =>
  files
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, "utf8").split("\n"))
    .map((line) => v.safeParse(LineSchema, line))
    .flatMap(({ success, output }) => (success ? [output] : []));
