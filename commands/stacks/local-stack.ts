import * as v from "valibot";
import { readRunningStack } from "../../bridge/running-stack.ts";
import { type ClientSettings, ResourcesSchema, type Service, type Stack } from "./stack.ts";

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
  credentials: v.object({ accessKeyId: v.string(), secretAccessKey: v.string() }),
  region: v.string(),
  alertsFile: v.string(),
  timeLapse: v.optional(v.number(), 1),
  pid: v.number(),
});
type LocalStack = v.InferOutput<typeof LocalStackSchema>;

const connect = (stack: LocalStack): Record<Service, ClientSettings> => {
  const { endpoints, region, credentials } = stack;
  const at = (endpoint: string): ClientSettings => ({ endpoint, region, credentials });
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
export const readLocalStack = async (file?: string): Promise<Stack | undefined> => {
  const running = await readRunningStack(LocalStackSchema, file);
  if (running === undefined) return undefined;
  const {
    bridge,
    readerToken,
    alertsFile,
    timeLapse,
    pid,
    endpoints: _,
    region: __,
    credentials: ___,
    ...resources
  } = running;
  return {
    ...resources,
    title: "the local stack",
    prefix: "dn-registration-local",
    stageOption: "",
    connections: connect(running),
    local: { bridge, readerToken, alertsFile, timeLapse, pid },
  };
};
