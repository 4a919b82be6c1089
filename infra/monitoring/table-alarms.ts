import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { DataByName, NamedTable } from "../data-by-name.ts";
import type { AlarmDefinition } from "./alarms.ts";

const period = { statistic: "Sum", period: Duration.minutes(5) };

// It counts what an index throttles at the write to its table, but a batch only if all of it is throttled.
const throttledRequests = ({ tableName }: NamedTable, operation: "PutItem" | "Query"): Metric =>
  new Metric({
    ...period,
    namespace: "AWS/DynamoDB",
    metricName: "ThrottledRequests",
    dimensionsMap: { TableName: tableName, Operation: operation },
  });

// It counts each item, in batches too, of the table without its indexes.
const throttledItems = ({ tableName }: NamedTable, kind: "Read" | "Write"): Metric =>
  new Metric({
    ...period,
    namespace: "AWS/DynamoDB",
    metricName: `${kind}ThrottleEvents`,
    dimensionsMap: { TableName: tableName },
  });

const throttledAlarm = (name: string, metric: Metric, meaning: string): AlarmDefinition => ({
  name,
  metric,
  // The SDK repeats what is throttled: a little of it in a sudden storm delays nothing.
  threshold: 10,
  meaning: `DynamoDB throttles ${meaning}`,
  remedy:
    "after a jump of the load it passes within half an hour, as a table on demand takes twice its last peak; if it stays, see in the table's metrics which index it is, and ask AWS for more if the account's limit is reached.",
});

const refused = "ingest answers bridges with 503, which keep their events and send them again.";
const late = "alerts are late; their messages come again.";

/** Requests that DynamoDB throttles in the tables that events and alerts go through. */
export const tableAlarms = ({
  status,
  history,
  losses,
  alerts,
  connections,
}: DataByName["tables"]): AlarmDefinition[] => [
  throttledAlarm("status-throttled", throttledRequests(status, "PutItem"), `statuses: ${refused}`),
  throttledAlarm("history-throttled", throttledItems(history, "Write"), `the history: ${refused}`),
  throttledAlarm("losses-throttled", throttledRequests(losses, "PutItem"), `losses: ${late}`),
  throttledAlarm("alerts-throttled", throttledRequests(alerts, "PutItem"), `alerts: ${late}`),
  throttledAlarm(
    "connections-throttled",
    throttledRequests(connections, "PutItem"),
    `connections: ${refused}`,
  ),
  throttledAlarm(
    "reads-throttled",
    throttledItems(status, "Read"),
    `reads of statuses: ${refused}`,
  ),
  throttledAlarm(
    "lists-throttled",
    throttledRequests(status, "Query"),
    "lists: readers get a 503.",
  ),
];
