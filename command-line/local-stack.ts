import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import * as v from "valibot";
import { CommandError } from "./command-error.ts";
import { isRunning } from "./is-running.ts";
import { type Connection, ResourcesSchema, type Service, type Stack } from "./stack.ts";

const LocalStackSchema = v.object({
  ...ResourcesSchema.entries,
  bridge: v.object({ name: v.string(), key: v.string() }),
  readerToken: v.string(),
  endpoints: v.object({
    dynamodb: v.string(),
    sns: v.string(),
    sqs: v.string(),
    secretsManager: v.string(),
    s3: v.string(),
    lambda: v.string(),
  }),
  region: v.string(),
  alertsFile: v.string(),
  timeLapse: v.optional(v.number(), 1),
  pid: v.number(),
});
type LocalStack = v.InferOutput<typeof LocalStackSchema>;

/** Where the local stack says what it consists of while it runs: in the working directory, which npm makes the project. */
export const localStackFile = resolve(".local", "stack.json");

const readText = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
};

const connect = (stack: LocalStack): Record<Service, Connection> => {
  const { endpoints, region } = stack;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const at = (endpoint: string): Connection => ({ endpoint, region, credentials });
  return {
    dynamodb: at(endpoints.dynamodb),
    sns: at(endpoints.sns),
    // The emulator's queue URLs name a host that does not resolve.
    sqs: { ...at(endpoints.sqs), useQueueUrlAsEndpoint: false },
    secretsManager: at(endpoints.secretsManager),
    s3: { ...at(endpoints.s3), forcePathStyle: true },
    lambda: at(endpoints.lambda),
  };
};

/** The stack that runs on this machine, or undefined when none runs (a file left by one that crashed does not count). */
export const readLocalStack = async (file = localStackFile): Promise<Stack | undefined> => {
  const text = await readText(file);
  if (text === undefined) return undefined;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), LocalStackSchema), text);
  if (!parsed.success)
    throw new CommandError(`${file} cannot be read: stop the local stack, remove the file, start`);
  const {
    bridge,
    readerToken,
    alertsFile,
    timeLapse,
    pid,
    endpoints: _,
    region: __,
    ...resources
  } = parsed.output;
  if (!isRunning(pid)) return undefined;
  return {
    ...resources,
    title: "the local stack",
    prefix: "dn-registration-local",
    stageOption: "",
    connections: connect(parsed.output),
    local: { bridge, readerToken, alertsFile, timeLapse, pid },
  };
};
