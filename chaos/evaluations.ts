import { existsSync, readFileSync } from "node:fs";
import * as v from "valibot";
import { EvaluationMessageSchema } from "../lambda/domain/alerting/evaluation-message.ts";
import type { Invocation } from "../local/functions/invocation.ts";
import { textOf } from "./check.ts";

/** That the evaluator has seen to a loss, and when it began to, by our clock in microseconds. `key` as `lossKeyOf` makes it. */
export interface Evaluation {
  readonly key: string;
  readonly at: number;
}

/** Names a loss. `lossKey` as the losses table has it. */
export const lossKeyOf = (thisDN: string, lossKey: string): string => textOf(thisDN, lossKey);

const text = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(v.string(), v.parseJson(), schema);
const PayloadSchema = text(
  v.object({
    Records: v.array(v.object({ messageId: v.string(), body: text(EvaluationMessageSchema) })),
  }),
);
const AnswerSchema = text(
  v.object({ batchItemFailures: v.array(v.object({ itemIdentifier: v.string() })) }),
);

/** The losses that an invocation has seen to: those of the evaluator's messages, but for the ones that it failed at. */
export const evaluatedIn = (payload: string, { kind, payload: answer }: Invocation): string[] => {
  const asked = v.safeParse(PayloadSchema, payload);
  const answered = v.safeParse(AnswerSchema, answer);
  if (kind === "failed" || !asked.success || !answered.success) return [];
  const failed = new Set(answered.output.batchItemFailures.map((one) => one.itemIdentifier));
  return asked.output.Records.filter(({ messageId }) => !failed.has(messageId)).flatMap(
    ({ body }) =>
      body.kind === "losses"
        ? body.losses.map(({ thisDN, lossId }) => lossKeyOf(thisDN, `${body.server}#${lossId}`))
        : [],
  );
};

const LineSchema = text(v.object({ key: v.string(), at: v.number() }));

/** Reads what was written to some files, a line an evaluation. Whoever wrote the last one may have been killed. */
export const readEvaluations = (files: readonly string[]): Evaluation[] =>
  files
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, "utf8").split("\n"))
    .map((line) => v.safeParse(LineSchema, line))
    .flatMap(({ success, output }) => (success ? [output] : []));
