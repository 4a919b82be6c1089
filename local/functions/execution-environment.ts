import { randomUUID } from "node:crypto";
import type { Worker } from "node:worker_threads";
import type { FunctionDefinition } from "./function-definition.ts";
import { failedInvocation, type Invocation, type Invoke } from "./invocation-outcome.ts";
import { startWorker } from "./start-worker.ts";
import type { WorkerReply, WorkerRequest } from "./worker-messages.ts";

/** One copy of a function, in a thread of its own with its own environment variables. */
export interface ExecutionEnvironment {
  /** Resolves when the handler is loaded, with the error where it cannot be. */
  readonly ready: Promise<Invocation | undefined>;
  /** Runs the handler; one call at a time. After "timeout" and "exit" the environment is gone. */
  readonly invoke: Invoke;
  readonly isAlive: () => boolean;
  readonly stop: () => Promise<unknown>;
}

/** Starts an environment (see `startEnvironment`). */
export type StartEnvironment = (
  definition: FunctionDefinition,
  log: (text: string) => void,
) => ExecutionEnvironment;

/** Starts a thread and loads the function in it. `log` gets what the function writes. */
export function startEnvironment(
  definition: FunctionDefinition,
  log: (text: string) => void,
): ExecutionEnvironment {
  const worker = startWorker(definition, log);
  const milliseconds = definition.timeoutSeconds * 1000;
  const replies = createReplies();
  const die = (invocation: Invocation) => replies.end(invocation);
  const ready = replies.next();
  observe(worker, log, replies.settle, die);
  return {
    ready,
    isAlive: () => !replies.ended(),
    stop: () => worker.terminate(),
    invoke: async (payload) => {
      const timer = setTimeout(() => {
        die(failedInvocation("timeout", "Sandbox.Timedout", timeoutMessage(definition)));
        void worker.terminate();
      }, milliseconds);
      const reply = replies.next();
      const deadline = Date.now() + milliseconds;
      worker.postMessage({ payload, requestId: randomUUID(), deadline } satisfies WorkerRequest);
      const invocation = await reply;
      clearTimeout(timer);
      return invocation ?? failedInvocation("exit", "Runtime.ExitError", "no answer");
    },
  };
}

/** The one reply that is waited for; after the end there are no more. */
function createReplies() {
  let resolve: ((reply: Invocation | undefined) => void) | undefined;
  let last: Invocation | undefined;
  const settle = (reply: Invocation | undefined) => {
    const waiting = resolve;
    resolve = undefined;
    waiting?.(reply);
  };
  return {
    settle,
    ended: () => last !== undefined,
    end: (invocation: Invocation) => {
      last ??= invocation;
      settle(last);
    },
    next: () =>
      new Promise<Invocation | undefined>((newResolve) => {
        resolve = newResolve;
        if (last !== undefined) settle(last);
      }),
  };
}

function observe(
  worker: Worker,
  log: (text: string) => void,
  settle: (reply: Invocation | undefined) => void,
  die: (invocation: Invocation) => void,
): void {
  worker.on("message", (reply: WorkerReply) => settle(toInvocation(reply)));
  worker.on("error", (thrown: unknown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    log(`${error.stack ?? error.message}\n`);
    die(failedInvocation("exit", error.name, error.message));
  });
  worker.once("exit", (code) => {
    die(failedInvocation("exit", "Runtime.ExitError", `the function exited with code ${code}`));
  });
}

function toInvocation(reply: WorkerReply): Invocation | undefined {
  switch (reply.kind) {
    case "ready":
      return undefined;
    case "answered":
      return reply;
    case "failed":
      return { kind: "failed", reason: "error", payload: reply.payload };
  }
}

function timeoutMessage({ timeoutSeconds }: FunctionDefinition): string {
  return `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
}
