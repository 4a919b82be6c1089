import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { FunctionDefinition } from "./function-definition.ts";
import type { WorkerReply, WorkerRequest, WorkerSettings } from "./function-worker.ts";
import { failedInvocation, type InvocationOutcome } from "./invocation-outcome.ts";

/** One copy of a function, in a thread of its own with its own environment variables. */
export type ExecutionEnvironment = {
  /** Resolves when the handler is loaded, with the error when it cannot be loaded. */
  readonly ready: Promise<InvocationOutcome | undefined>;
  /** Runs the handler; one call at a time. After "timeout" and "exit" the environment is gone. */
  readonly invoke: (payload: string, traceHeader: string) => Promise<InvocationOutcome>;
  readonly isAlive: () => boolean;
  readonly stop: () => Promise<unknown>;
};

/** Starts an environment (see `startEnvironment`). */
export type StartEnvironment = (
  definition: FunctionDefinition,
  log: (text: string) => void,
) => ExecutionEnvironment;

/** The one reply that the caller waits for; none comes after the end. */
const createReplies = () => {
  let resolve: ((reply: InvocationOutcome | undefined) => void) | undefined;
  let last: InvocationOutcome | undefined;
  const settle = (reply: InvocationOutcome | undefined) => {
    const waiting = resolve;
    resolve = undefined;
    waiting?.(reply);
  };
  return {
    settle,
    ended: () => last !== undefined,
    end: (invocation: InvocationOutcome) => {
      last ??= invocation;
      settle(last);
    },
    next: () =>
      new Promise<InvocationOutcome | undefined>((newResolve) => {
        resolve = newResolve;
        if (last !== undefined) settle(last);
      }),
  };
};

const toInvocation = (reply: WorkerReply): InvocationOutcome | undefined => {
  switch (reply.kind) {
    case "ready":
      return undefined;
    case "answered":
      return reply;
    case "failed":
      return { kind: "failed", reason: "error", payload: reply.payload };
  }
};

const observe = (
  worker: Worker,
  log: (text: string) => void,
  settle: (reply: InvocationOutcome | undefined) => void,
  die: (invocation: InvocationOutcome) => void,
): void => {
  worker.on("message", (reply: WorkerReply) => settle(toInvocation(reply)));
  worker.on("error", (thrown: unknown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    log(`${error.stack ?? error.message}\n`);
    die(failedInvocation("exit", error.name, error.message));
  });
  worker.once("exit", (code) => {
    die(failedInvocation("exit", "Runtime.ExitError", `the function exited with code ${code}`));
  });
};

const timeoutMessage = ({ timeoutSeconds }: FunctionDefinition): string =>
  `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;

const follow = (stream: Readable, log: (text: string) => void): void => {
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => log(chunk));
};

/** Starts the thread of a function with its own environment variables, and its output in the log. */
const startWorker = (definition: FunctionDefinition, log: (text: string) => void): Worker => {
  const dot = definition.handler.lastIndexOf(".");
  const file = join(definition.directory, `${definition.handler.slice(0, dot)}.mjs`);
  const workerData: WorkerSettings = {
    entry: pathToFileURL(file).href,
    exportName: definition.handler.slice(dot + 1),
    functionName: definition.name,
    functionArn: definition.arn,
    memoryMegabytes: definition.memoryMegabytes,
  };
  const worker = new Worker(new URL("./function-worker.ts", import.meta.url), {
    workerData,
    // By it the system shows what the thread does, and what it costs; of longer names it shows the beginning only.
    name: definition.name.slice(definition.name.lastIndexOf("-") + 1),
    env: { ...definition.environment },
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr]) follow(stream, log);
  return worker;
};

/** Starts a thread and loads the function in it. `log` gets what the function writes. */
export const startEnvironment = (
  definition: FunctionDefinition,
  log: (text: string) => void,
): ExecutionEnvironment => {
  const worker = startWorker(definition, log);
  const milliseconds = definition.timeoutSeconds * 1000;
  const replies = createReplies();
  const die = (invocation: InvocationOutcome) => replies.end(invocation);
  const ready = replies.next();
  observe(worker, log, replies.settle, die);
  return {
    ready,
    isAlive: () => !replies.ended(),
    stop: () => worker.terminate(),
    invoke: async (payload, traceHeader) => {
      const timer = setTimeout(() => {
        die(failedInvocation("timeout", "Sandbox.Timedout", timeoutMessage(definition)));
        void worker.terminate();
      }, milliseconds);
      const reply = replies.next();
      const deadline = Date.now() + milliseconds;
      const request: WorkerRequest = { payload, requestId: randomUUID(), deadline, traceHeader };
      worker.postMessage(request);
      const invocation = await reply;
      clearTimeout(timer);
      return invocation ?? failedInvocation("exit", "Runtime.ExitError", "no answer");
    },
  };
};
