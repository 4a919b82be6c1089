import * as v from "valibot";
import type { StackClock } from "../processes/stack-clock.ts";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import type { Invoke } from "./invocation-outcome.ts";

// AWS waits one minute and two: nobody wants that at a desk.
const pausesMilliseconds = [1000, 2000];

/** A function, and how often a failure of it is repeated: twice at most, which is Lambda's default. */
export type AsynchronousInvocation = {
  readonly invoke: Invoke;
  readonly retries: number;
};

/** Invokes as Lambda does for those who do not wait for the answer (SNS, schedules). Rejects when the stack stops. */
export const invokeAsynchronously = async (
  { invoke, retries }: AsynchronousInvocation,
  payload: string,
  { wait }: Pick<StackClock, "wait">,
): Promise<void> => {
  for (const pause of pausesMilliseconds.slice(0, retries)) {
    const { kind } = await invoke(payload);
    if (kind === "answered") return;
    await wait(pause);
  }
  await invoke(payload);
};

/** How often Lambda repeats a failed invocation that nobody waits for; the address is a function's name or ARN. */
export type RetriesOf = (address: string) => number;

const ConfigSchema = v.object({
  FunctionName: v.string(),
  MaximumRetryAttempts: v.optional(v.number(), 2),
});

/** Reads the templates' settings of asynchronous invocations; a function without has Lambda's two retries. */
export const createRetriesOf = (templates: ResolvedTemplates): RetriesOf => {
  const configs = templates
    .ofType("AWS::Lambda::EventInvokeConfig")
    .map(({ properties }) => v.parse(ConfigSchema, properties()));
  return (address) => {
    const name = address.slice(address.lastIndexOf(":") + 1);
    return configs.find(({ FunctionName }) => FunctionName === name)?.MaximumRetryAttempts ?? 2;
  };
};
