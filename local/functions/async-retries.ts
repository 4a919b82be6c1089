import * as v from "valibot";
import type { Deployment } from "../templates/resolved-templates.ts";

/** How often Lambda repeats a failed invocation that nobody waits for; the address is a function's name or ARN. */
export type RetriesOf = (address: string) => number;

const ConfigSchema = v.object({
  FunctionName: v.string(),
  MaximumRetryAttempts: v.optional(v.number(), 2),
});

/** Reads the templates' settings of asynchronous invocations; a function without has Lambda's two retries. */
export function asyncRetries(deployment: Deployment): RetriesOf {
  const configs = deployment
    .ofType("AWS::Lambda::EventInvokeConfig")
    .map(({ properties }) => v.parse(ConfigSchema, properties()));
  return (address) => {
    const name = address.slice(address.lastIndexOf(":") + 1);
    return configs.find(({ FunctionName }) => FunctionName === name)?.MaximumRetryAttempts ?? 2;
  };
}
