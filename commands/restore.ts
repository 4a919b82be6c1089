import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { UsageError } from "../bridge/terminal/usage-error.ts";
import {
  alertsTableKeys,
  connectionsTableKeys,
  historyTableKeys,
  lossesTableKeys,
  statusTableKeys,
  windowsTableKeys,
} from "../lambda/adapters/table-keys.ts";
import { copyTable } from "./restore/copy-table.ts";
import { parseOptions } from "./shell/parse-options.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";
import { readSpeed, speedOption } from "./tables/scan-speed.ts";

const usage = `npm run restore -- --table status --from TABLE
  Copies what point-in-time recovery has put into a new table back into the
  stack's own: status, history, losses, alerts, connections or windows. An item
  takes the place of the present one; what the new table does not have stays. No
  message is sent. docs/restore.md says what to do first, and when. You may stop
  it and start it again at any time.

  --dry-run      only counts
  --speed N      read units a second, 1000 by default
  --stage NAME   a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  ...speedOption,
  table: { type: "string" },
  from: { type: "string" },
  "dry-run": { type: "boolean" },
} as const;

const keysOf = {
  status: statusTableKeys,
  history: historyTableKeys,
  losses: lossesTableKeys,
  alerts: alertsTableKeys,
  connections: connectionsTableKeys,
  windows: windowsTableKeys,
} as const;
type Name = keyof typeof keysOf;
const isName = (name: string): name is Name => Object.hasOwn(keysOf, name);

const readTable = (table = ""): Name => {
  if (isName(table)) return table;
  throw new UsageError(`--table: one of ${Object.keys(keysOf).join(", ")}`);
};

/** Copies a restored table into the stack's own. */
const restore: Command = async ({ args, terminal }) => {
  const values = parseOptions(args, options);
  const name = readTable(values.table);
  if (!values.from) throw new UsageError("--from is missing");
  const unitsPerSecond = readSpeed(values.speed);
  const isDry = values["dry-run"] ?? false;
  const { connections, tables } = await findStack(values.stage);
  const table = { tableName: tables[name], keys: keysOf[name] };
  if (values.from === table.tableName)
    throw new UsageError("--from: that is the stack's own table");
  const client = new DynamoDBClient({ ...connections.dynamodb, maxAttempts: 10 });
  const scan = { TableName: values.from, unitsPerSecond };
  const copied = await copyTable(client, scan, { table, isDry, terminal });
  terminal.print(`${copied} items ${isDry ? "to copy" : "copied"} into ${table.tableName}`);
  return 0;
};

if (import.meta.main) await runCommand(usage, restore);
