import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SNSClient } from "@aws-sdk/client-sns";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { createPublish } from "../lambda/adapters/publish.ts";
import { createWalkHistory } from "../lambda/adapters/walk-history.ts";
import { createRebuildChangeMessage } from "../lambda/use-cases/fanout/rebuild-change-message.ts";
import { findChanges } from "./republish/find-changes.ts";
import { publishAgain, publishNothing } from "./republish/publish-again.ts";
import { readChangesWanted } from "./republish/read-changes-wanted.ts";
import { parseOptions } from "./shell/parse-options.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";
import { readSpeed, speedOption } from "./tables/scan-speed.ts";

const usage = `npm run republish -- --server SIPTS750 \\
                     --from 2026-11-20T03:00:00Z --to 2026-11-21T09:00:00Z
  Publishes to the topic of changes again the newest change of each registration
  of a T-Server, if it was made in that time by our clock (changedAt): with its
  first id and the registration as it is now. For gaps that npm run redrive
  cannot fill. Earlier changes of the same registration are in the history only.
  Alerts are not published again: open ones are at GET /v1/alerts?status=open.

  --dry-run      only counts
  --speed N      read units a second, 1000 by default
  --stage NAME   a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  ...speedOption,
  server: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  "dry-run": { type: "boolean" },
} as const;

/** Publishes the changes of a time again; 1 when the topic did not take all. */
const republish: Command = async ({ args, terminal }) => {
  const values = parseOptions(args, options);
  const wanted = readChangesWanted(values);
  const unitsPerSecond = readSpeed(values.speed);
  const isDry = values["dry-run"] ?? false;
  const { connections, tables, topics } = await findStack(values.stage);
  const client = new DynamoDBClient({ ...connections.dynamodb, maxAttempts: 10 });
  const statuses = await findChanges(client, { TableName: tables.status, unitsPerSecond }, wanted);
  const sns = new SNSClient({ ...connections.sns, maxAttempts: 10 });
  const { changes, missing } = await publishAgain(statuses, {
    rebuildMessage: createRebuildChangeMessage(createWalkHistory(client, tables.history)),
    publish: isDry ? publishNothing : createPublish(sns, topics),
    terminal,
  });
  const done = isDry ? "would be published again" : `${changes - missing} published again`;
  terminal.print(`${changes} changes of ${wanted.server}: ${done}`);
  if (missing > 0)
    terminal.note(`SNS did not take ${missing}: run the command again, the ids stay the same`);
  return missing === 0 ? 0 : 1;
};

if (import.meta.main) await runCommand(usage, republish);
