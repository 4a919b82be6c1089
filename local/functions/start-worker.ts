import { join } from "node:path";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { FunctionDefinition } from "./function-definition.ts";
import type { WorkerSettings } from "./worker-messages.ts";

/** Starts the thread of a function: its own environment variables, and its output to the log. */
export function startWorker(definition: FunctionDefinition, log: (text: string) => void): Worker {
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
    env: { ...definition.environment },
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr]) follow(stream, log);
  return worker;
}

function follow(stream: Readable, log: (text: string) => void): void {
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => log(chunk));
}
