import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { eraseFromTable } from "./erase/erase-from-table.ts";
import { readPerson } from "./erase/person.ts";
import { personalTables } from "./erase/personal-tables.ts";
import { parseOptions } from "./shell/parse-options.ts";
import { tableLines } from "./shell/table-lines.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";
import { readSpeed, speedOption } from "./tables/scan-speed.ts";

const usage = `npm run erase -- --agent ID | --customer ID
  Erases an AgentID or a CustomerID from statuses and history (in Extensions and
  unknown attributes every text that equals the ID becomes null); a CustomerID
  from losses and alerts, too. No message is sent. It reads whole tables; you
  may stop it and start it again at any time. New events are stored as they
  come: take the person out of the T-Server's configuration first. Not reached:
  messages sent, tables' backups (35 days), streams (24 hours), what waits in
  queues (14 days) or in the bucket of failed batches (90 days), spools of
  bridges.

  --dry-run      only counts
  --speed N      read units a second, 1000 by default
  --stage NAME   a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  ...speedOption,
  agent: { type: "string" },
  customer: { type: "string" },
  "dry-run": { type: "boolean" },
} as const;

/** Erases a person's data from all tables, and prints how many items of each held it. */
const erase: Command = async ({ args, terminal }) => {
  const values = parseOptions(args, options);
  const person = readPerson(values.agent, values.customer);
  const unitsPerSecond = readSpeed(values.speed);
  const isDry = values["dry-run"] ?? false;
  const stack = await findStack(values.stage);
  const client = new DynamoDBClient({ ...stack.connections.dynamodb, maxAttempts: 10 });
  const rows = [["table", "items read", isDry ? "with it" : "erased from"]];
  // One after the other: what a status no longer has cannot reach the next table any more.
  for (const table of personalTables(stack, person)) {
    const context = { client, person, isDry, unitsPerSecond, terminal };
    const { read, found } = await eraseFromTable(table, context);
    rows.push([table.name, String(read), String(found)]);
  }
  for (const line of tableLines(rows)) terminal.print(line);
  return 0;
};

if (import.meta.main) await runCommand(usage, erase);
