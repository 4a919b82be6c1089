import { createWriteStream } from "node:fs";
import type { StackProcess } from "../processes/stack-process.ts";
import type { FunctionDefinition } from "./function-definition.ts";
import { createFunctionHost, type FunctionHost } from "./function-host.ts";
import type { FindFunction } from "./function-registry.ts";

/** Every function of the templates, ready to be invoked. */
export type LocalFunctions = {
  readonly find: FindFunction;
  /** Loads each function; resolves with one line for each that cannot be loaded. */
  readonly warm: () => Promise<readonly string[]>;
};

const findHost = (
  hosts: readonly { readonly definition: FunctionDefinition; readonly host: FunctionHost }[],
  address: string,
): FunctionHost | undefined => {
  // API Gateway has the ARN within a longer address: `arn:aws:apigateway:…:path/…/functions/<ARN>/invocations`.
  const found = hosts.find(
    ({ definition: { name, arn } }) =>
      address === name || address.split("/").includes(arn) || address.startsWith(`${arn}:`),
  );
  return found?.host;
};

const summary = (payload: string): string => {
  const line = payload.slice(0, 300);
  return line.length < payload.length ? `${line}…` : line;
};

/** Opens the log of all functions, empty at the start. Each line begins with the function's name. */
const openFunctionLog = (path: string) => {
  const stream = createWriteStream(path, { flags: "w", mode: 0o600 });
  stream.on("error", () => undefined);
  return (functionName: string, text: string): void => {
    for (const line of text.split("\n")) {
      if (line !== "") stream.write(`${functionName}  ${line}\n`);
    }
  };
};

/** Makes the hosts. A failed invocation prints one line on the terminal; the details are in the log. */
export const startFunctions = (
  definitions: readonly FunctionDefinition[],
  logFile: string,
  { say, shutdown, startEnvironment }: Pick<StackProcess, "say" | "shutdown" | "startEnvironment">,
): LocalFunctions => {
  const log = openFunctionLog(logFile);
  const hosts = definitions.map((definition) => {
    const { name } = definition;
    const host = createFunctionHost(definition, {
      log: (text) => log(name, text),
      start: startEnvironment,
      onFailure: ({ payload }) => say(`${name} failed: ${summary(payload)} (see ${logFile})`),
    });
    shutdown.add(host.stop);
    return { definition, host };
  });
  return {
    find: (address) => findHost(hosts, address)?.invoke,
    warm: async () => {
      const failures = hosts.map(async ({ definition, host }) => {
        const failure = await host.warm();
        return failure === undefined ? [] : [`${definition.name}: ${summary(failure.payload)}`];
      });
      return (await Promise.all(failures)).flat();
    },
  };
};
