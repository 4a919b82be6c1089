import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { checkServerName } from "../bridge/check-server-name.ts";
import { createPost } from "../bridge/post.ts";
import { parseArguments } from "../bridge/terminal/parse-arguments.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { UsageError } from "../bridge/terminal/usage-error.ts";
import {
  dropRejected,
  listRejected,
  type RejectedContext,
  retryRejected,
} from "./rejected/rejected-queue.ts";
import { readSelection, type Selection } from "./rejected/select-messages.ts";
import { bridgeKeysOf } from "./secrets/manage-keys.ts";
import { readSecret } from "./secrets/update-secret.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";
import type { Stack } from "./stacks/stack.ts";

const usage = `npm run rejected -- list
npm run rejected -- retry ID…|--all
npm run rejected -- drop ID…|--all
  Lists the events that ingest rejected, and why; sends them again, whereupon
  those that are now taken leave the queue; deletes them. The queue keeps them
  for 14 days.

  --server-name NAME   retry: the T-Server's name, for events that do not say
                       theirs
  --stage NAME   a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  all: { type: "boolean" },
  "server-name": { type: "string" },
} as const;

type Retry = {
  readonly selection: Selection;
  readonly serverName: string | undefined;
};

const retry = async (
  stack: Stack,
  context: RejectedContext,
  { selection, serverName }: Retry,
): Promise<number> => {
  const secrets = new SecretsManagerClient(stack.connections.secretsManager);
  const { value } = await readSecret(secrets, bridgeKeysOf(stack));
  const resend = { keys: value.keys, post: createPost(stack.url), serverName, nowMs: Date.now };
  return (await retryRejected(context, selection, resend)) === 0 ? 0 : 1;
};

/** Lists, retries and drops the events that ingest refused. */
const rejected: Command = async ({ args, terminal }) => {
  const { values, positionals } = parseArguments(args, options);
  const [action, ...ids] = positionals;
  if (action !== "list" && action !== "retry" && action !== "drop")
    throw new UsageError("give one of list, retry, drop");
  if (action === "list" && (ids.length > 0 || values.all)) throw new UsageError("list shows all");
  const selection = action === "list" ? undefined : readSelection(action, ids, values.all);
  const serverName = checkServerName(values["server-name"]);
  const stack = await findStack(values.stage);
  const sqs = new SQSClient(stack.connections.sqs);
  const context = { sqs, queueUrl: stack.queues.rejectedEvents, terminal };
  if (selection === undefined) await listRejected(context);
  else if (action === "retry") return retry(stack, context, { selection, serverName });
  else await dropRejected(context, selection);
  return 0;
};

if (import.meta.main) await runCommand(usage, rejected);
