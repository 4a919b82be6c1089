import * as v from "valibot";

const Text = v.pipe(v.string(), v.nonEmpty());

/** Names and addresses of what a stack consists of, as the operating commands need them. */
export const ResourcesSchema = v.object({
  url: v.pipe(
    Text,
    v.url(),
    v.transform((url) => url.replace(/\/+$/, "")),
  ),
  tables: v.object({
    status: Text,
    history: Text,
    losses: Text,
    alerts: Text,
    connections: Text,
    windows: Text,
  }),
  /** A stage of an older version has no topic for texts of alerts. */
  topics: v.object({
    changes: Text,
    alerts: Text,
    alertTexts: v.optional(Text),
    operations: Text,
  }),
  queues: v.object({
    rejectedEvents: Text,
    failedChanges: Text,
    evaluation: Text,
    evaluationDeadLetters: Text,
  }),
  buckets: v.object({ failedStreamBatches: Text }),
  secrets: v.object({ bridgeKeys: Text, readerTokens: Text }),
  functions: v.object({ fanout: Text }),
  /** Where alarms go besides `topics.operations`, or that topic itself; undefined where there are none. */
  alarmTopic: v.optional(Text),
});

/** How the SDK's client of one service reaches the stack; what is missing is left to the SDK's defaults. */
export type ClientSettings = {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly useQueueUrlAsEndpoint?: boolean;
  readonly forcePathStyle?: boolean;
};

/** The services that the operating commands speak to. */
export type Service = "dynamodb" | "sns" | "sqs" | "secretsManager" | "s3" | "lambda";

/** What only the stack on this machine has: its secrets in clear, and its process. */
export type LocalStackDetails = {
  readonly bridge: { readonly name: string; readonly key: string };
  readonly readerToken: string;
  readonly alertsFile: string;
  /** By how much the waiting times of the alerts are shortened. */
  readonly timeLapse: number;
  readonly pid: number;
};

/** A running stack: a deployed stage, or the one on this machine (then `local` is there). */
export type Stack = v.InferOutput<typeof ResourcesSchema> & {
  /** For sentences: `the local stack`, `stage dev`. */
  readonly title: string;
  /** How the names of what the commands make begin: `dn-registration-<stage>`. */
  readonly prefix: string;
  /** What to add to a command to call it for this stack again: empty, or ` --stage NAME`. */
  readonly stageOption: string;
  readonly connections: Readonly<Record<Service, ClientSettings>>;
  readonly local?: LocalStackDetails;
};
