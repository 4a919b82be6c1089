import {
  type ExecutionEnvironment,
  type StartEnvironment,
  startEnvironment,
} from "../../local/functions/execution-environment.ts";
import type { FunctionDefinition } from "../../local/functions/function-definition.ts";
import type { InvocationOutcome } from "../../local/functions/invocation-outcome.ts";
import type { FaultProxy } from "./fault-proxy.ts";

/** Environments that call the services through proxies, each known by the access key that it signs with. */
export type FaultyEnvironments = {
  readonly start: StartEnvironment;
  /** Ends an environment in the middle of what it does. */
  readonly kill: (caller: string) => void;
};

/** The proxies before the emulators. */
export type Proxies = {
  readonly dynamodb: FaultProxy;
  readonly messaging: FaultProxy;
};

/** Hears of every invocation that is over; `at` is when it began, by our clock in microseconds. */
export type OnInvoked = (payload: string, invocation: InvocationOutcome, at: number) => void;

const overhear = (environment: ExecutionEnvironment, onInvoked: OnInvoked) => ({
  ...environment,
  invoke: async (payload: string, traceHeader: string): Promise<InvocationOutcome> => {
    const at = Date.now() * 1000;
    const invocation = await environment.invoke(payload, traceHeader);
    onInvoked(payload, invocation, at);
    return invocation;
  },
});

/** Makes environments whose calls to DynamoDB, SNS and SQS go through the proxies. */
export const createFaultyEnvironments = (
  { dynamodb, messaging }: Proxies,
  onInvoked: OnInvoked,
): FaultyEnvironments => {
  const running = new Map<string, ExecutionEnvironment>();
  let number = 0;
  const redirect = (definition: FunctionDefinition, caller: string): FunctionDefinition => {
    const { environment } = definition;
    const { AWS_ENDPOINT_URL_DYNAMODB = "", AWS_ENDPOINT_URL_SNS = "" } = environment;
    dynamodb.aim(AWS_ENDPOINT_URL_DYNAMODB);
    messaging.aim(AWS_ENDPOINT_URL_SNS);
    return {
      ...definition,
      environment: {
        ...environment,
        AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
        AWS_ENDPOINT_URL_SNS: messaging.url,
        AWS_ENDPOINT_URL_SQS: messaging.url,
        // It goes with every request, and no emulator cares for it.
        AWS_SESSION_TOKEN: caller,
      },
    };
  };
  return {
    start: (definition, log) => {
      number += 1;
      const caller = `chaos${number}`;
      const environment = startEnvironment(redirect(definition, caller), log);
      running.set(caller, environment);
      return overhear(environment, onInvoked);
    },
    kill: (caller) => {
      void running.get(caller)?.stop();
      running.delete(caller);
    },
  };
};
