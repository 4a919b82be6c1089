import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { checkServerName } from "../bridge/check-server-name.ts";
import { createPost } from "../bridge/post.ts";
import { parseArguments } from "../bridge/terminal/parse-arguments.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { UsageError } from "../bridge/terminal/usage-error.ts";
import { listRejected } from "./rejected/list-rejected.ts";
import { readMends } from "./rejected/mend-event.ts";
import { dropRejected, retryRejected, showRetry } from "./rejected/rejected-queue.ts";
import { readSelection, type Selection } from "./rejected/select-messages.ts";
import type { RejectedContext } from "./rejected/with-messages.ts";
import { bridgeKeysOf } from "./secrets/manage-keys.ts";
import { readSecret } from "./secrets/update-secret.ts";
import { refuseEmpty, refuseOutside } from "./shell/given-options.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";
import type { Stack } from "./stacks/stack.ts";

const usage = `npm run rejected -- list [--each]
npm run rejected -- retry WHICH [--set ATTRIBUTE=VALUE]… [--dry-run]
npm run rejected -- drop WHICH
  Lists the events that ingest rejected by bridge and problem, and what to do;
  sends them again, whereupon those that are now taken leave the queue; deletes
  them. The queue keeps them for 14 days.

  WHICH          ID…, or --all, or a group: --bridge NAME --problem CODE
  --bridge NAME  those of a bridge; list takes it, too
  --problem CODE those with this problem, as list shows it, at any place or at
                 one: missing, or missing/InfoType; list takes it, too
  --each         list: each event with its id
  --set ATTRIBUTE=VALUE
                 retry: sends the events with this value, in place of what they
                 have in any spelling of the attribute; may be given again. It
                 is text, or JSON that begins with { or [. None (ATTRIBUTE=)
                 leaves the attribute out
  --server-name NAME   retry: the T-Server's name, for events that do not say
                       theirs
  --dry-run      retry: shows what would be sent
  --stage NAME   a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  all: { type: "boolean" },
  bridge: { type: "string" },
  problem: { type: "string" },
  each: { type: "boolean" },
  set: { type: "string", multiple: true },
  "server-name": { type: "string" },
  "dry-run": { type: "boolean" },
} as const;

const takenBy = {
  all: ["retry", "drop"],
  each: ["list"],
  set: ["retry"],
  "server-name": ["retry"],
  "dry-run": ["retry"],
};

const readArguments = (args: readonly string[]) => {
  const { values, positionals } = parseArguments(args, options);
  const [action, ...ids] = positionals;
  if (action !== "list" && action !== "retry" && action !== "drop")
    throw new UsageError("give one of list, retry, drop");
  if (action === "list" && ids.length > 0)
    throw new UsageError("list shows all, or those of --bridge and --problem: give no ids");
  refuseEmpty(values);
  refuseOutside(action, values, takenBy);
  return {
    action,
    values,
    selection: action === "list" ? undefined : readSelection(action, { ids, ...values }),
    mends: readMends(values.set ?? []),
    serverName: checkServerName(values["server-name"]),
  };
};
type Arguments = ReturnType<typeof readArguments>;

const retry = async (
  stack: Stack,
  context: RejectedContext,
  selection: Selection,
  { mends, serverName, values }: Arguments,
): Promise<number> => {
  const secrets = new SecretsManagerClient(stack.connections.secretsManager);
  const { value } = await readSecret(secrets, bridgeKeysOf(stack));
  const preparation = { keys: value.keys, serverName, mends };
  if (values["dry-run"]) {
    await showRetry(context, selection, preparation);
    return 0;
  }
  const resend = { ...preparation, post: createPost(stack.url), nowMs: Date.now };
  return (await retryRejected(context, selection, resend)) === 0 ? 0 : 1;
};

/** Lists, retries and drops the events that ingest refused. */
const rejected: Command = async ({ args, terminal, signal }) => {
  const given = readArguments(args);
  const { action, selection, values } = given;
  const stack = await findStack(values.stage);
  const { stageOption: again } = stack;
  const sqs = new SQSClient(stack.connections.sqs);
  const { rejectedEvents: queueUrl } = stack.queues;
  const context = { sqs, queueUrl, terminal, signal, stageOption: again };
  if (selection === undefined)
    await listRejected(context, { each: values.each ?? false, group: values });
  else if (action === "retry") return retry(stack, context, selection, given);
  else await dropRejected(context, selection);
  return 0;
};

if (import.meta.main) await runCommand(usage, rejected, { interruptible: true });
