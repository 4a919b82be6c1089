import { once } from "node:events";
import { Worker } from "node:worker_threads";
import * as v from "valibot";
import type { EmulatorContext } from "./dynamodb.ts";

/** The name of the thread, by which the load test finds it. */
export const messagingThread = "fauxqs";

/** Starts SNS, SQS and S3, in memory, in a thread of their own; resolves with their URL. */
export const startFauxqs = async ({ shutdown, onDeath }: EmulatorContext): Promise<string> => {
  const worker = new Worker(new URL("./fauxqs-worker.ts", import.meta.url), {
    name: messagingThread,
  });
  shutdown.add(() => worker.terminate());
  const [message]: unknown[] = await once(worker, "message");
  const { url } = v.parse(v.object({ url: v.string() }), message);
  let reason = "it ended";
  worker.on("error", (error) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  worker.once("exit", () => onDeath(`fauxqs, the emulator of SNS, SQS and S3 (${reason})`));
  return url;
};
