import * as v from "valibot";
import type { StackClock } from "../processes/stack-clock.ts";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import type { Invoke } from "./invocation-outcome.ts";

// AWS waits one minute and then two: too long for a developer who watches.
const pausesMilliseconds = [1000, 2000];

/** A function and how often to retry it: at most twice, which is Lambda's default. */
export type AsynchronousInvocation = {
  readonly invoke: Invoke;
  readonly retries: number;
};

/** Invokes a function as Lambda does for SNS and schedules, which do not wait for the result. Rejects when the stack stops. */
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

/** How often Lambda retries a failed asynchronous invocation of a function, given its name or ARN. */
export type RetriesOf = (address: string) => number;

const ConfigSchema = v.object({
  FunctionName: v.string(),
  MaximumRetryAttempts: v.optional(v.number(), 2),
});

/** Reads the templates' settings of asynchronous invocations. A function without them has Lambda's two retries. */
export const createRetriesOf = (templates: ResolvedTemplates): RetriesOf => {
  const configs = templates
    .ofType("AWS::Lambda::EventInvokeConfig")
    .map(({ properties }) => v.parse(ConfigSchema, properties()));
  return (address) => {
    const name = address.slice(address.lastIndexOf(":") + 1);
    return configs.find(({ FunctionName }) => FunctionName === name)?.MaximumRetryAttempts ?? 2;
  };
};
