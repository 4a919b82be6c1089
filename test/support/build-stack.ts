import type { Stack } from "../../commands/stacks/stack.ts";

/** A deployed stage x as the operating commands know it, with what a test says of it; nothing of it exists. */
export const buildStack = (changes: Partial<Stack> = {}): Stack => ({
  title: "stage x",
  prefix: "dn-registration-x",
  stageOption: " --stage x",
  url: "https://x.example.org",
  tables: { status: "s", history: "h", losses: "l", alerts: "a", connections: "c", windows: "w" },
  topics: { changes: "c", alerts: "a", alertTexts: "t", operations: "o" },
  queues: { rejectedEvents: "r", failedChanges: "f", evaluation: "e", evaluationDeadLetters: "d" },
  buckets: { failedStreamBatches: "b" },
  secrets: { bridgeKeys: "k", readerTokens: "t" },
  functions: { fanout: "fan" },
  connections: { dynamodb: {}, sns: {}, sqs: {}, secretsManager: {}, s3: {}, lambda: {} },
  ...changes,
});
