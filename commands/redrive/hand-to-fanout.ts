import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import * as v from "valibot";

/** Whether fanout took the records; `why` says why it did not. */
export type Handover =
  | { readonly kind: "taken" }
  | { readonly kind: "failed"; readonly why: string };

/** Hands stream records to fanout as the stream would. */
export type HandToFanout = (records: readonly unknown[]) => Promise<Handover>;

const ResponseSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ batchItemFailures: v.array(v.unknown()) }),
);

/** A `HandToFanout` that calls the function and waits for its answer. */
export const createHandToFanout =
  (lambda: LambdaClient, functionName: string): HandToFanout =>
  async (records) => {
    const answer = await lambda.send(
      new InvokeCommand({
        FunctionName: functionName,
        Payload: new TextEncoder().encode(JSON.stringify({ Records: records })),
      }),
    );
    const text = new TextDecoder().decode(answer.Payload);
    if (answer.FunctionError !== undefined)
      return { kind: "failed", why: `fanout failed (${answer.FunctionError}): see its log` };
    const parsed = v.safeParse(ResponseSchema, text);
    if (!parsed.success) return { kind: "failed", why: "fanout answered something unknown" };
    return parsed.output.batchItemFailures.length === 0
      ? { kind: "taken" }
      : { kind: "failed", why: "fanout could not publish them: see its log" };
  };
