import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { DataByName, NamedTable } from "../data-by-name.ts";
import type { AlarmDefinition } from "./alarms.ts";

type Operation = "PutItem" | "BatchGetItem" | "Query";

// What an index throttles counts at the write to its table.
const throttled = ({ tableName }: NamedTable, operation: Operation): Metric =>
  new Metric({
    namespace: "AWS/DynamoDB",
    metricName: "ThrottledRequests",
    dimensionsMap: { TableName: tableName, Operation: operation },
    statistic: "Sum",
    period: Duration.minutes(5),
  });

const throttledAlarm = (name: string, metric: Metric, meaning: string): AlarmDefinition => ({
  name,
  metric,
  // The SDK repeats a throttled request: a few in a sudden storm delay nothing.
  threshold: 10,
  meaning: `DynamoDB throttles ${meaning}`,
  remedy:
    "see which index it is (WriteThrottleEvents of the table); on demand a table doubles what it takes within minutes; if the account's limit is reached, ask AWS for more.",
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
  throttledAlarm("status-throttled", throttled(status, "PutItem"), `statuses: ${refused}`),
  throttledAlarm("history-throttled", throttled(history, "PutItem"), `the history: ${refused}`),
  throttledAlarm("losses-throttled", throttled(losses, "PutItem"), `losses: ${late}`),
  throttledAlarm("alerts-throttled", throttled(alerts, "PutItem"), `alerts: ${late}`),
  throttledAlarm(
    "connections-throttled",
    throttled(connections, "PutItem"),
    `connections: ${refused}`,
  ),
  throttledAlarm(
    "reads-throttled",
    throttled(status, "BatchGetItem"),
    `reads of statuses: ${refused}`,
  ),
  throttledAlarm("lists-throttled", throttled(status, "Query"), "lists: readers get a 503."),
];
