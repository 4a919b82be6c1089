import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { DataByName, NamedTable } from "../data-by-name.ts";
import type { AlarmDefinition } from "./alarms.ts";
import { sumOf } from "./sum-of.ts";

// An index that throttles counts at the write to its table.
const throttled = ({ tableName }: NamedTable, Operation: "PutItem" | "Query" | "BatchGetItem") =>
  new Metric({
    namespace: "AWS/DynamoDB",
    metricName: "ThrottledRequests",
    dimensionsMap: { TableName: tableName, Operation },
    statistic: "Sum",
    period: Duration.minutes(5),
  });

/** Requests that DynamoDB throttles in the tables that events and alerts go through. */
export const tablesAlarm = ({
  status,
  history,
  losses,
  alerts,
  connections,
}: DataByName["tables"]): AlarmDefinition => ({
  name: "tables-throttled",
  metric: sumOf([
    ...[status, history, losses, alerts, connections].map((table) => throttled(table, "PutItem")),
    throttled(status, "BatchGetItem"),
    throttled(status, "Query"),
    throttled(history, "Query"),
    throttled(losses, "Query"),
  ]),
  // The SDK repeats a throttled request: a few in a sudden storm delay nothing.
  threshold: 10,
  meaning:
    "DynamoDB throttles requests: ingest answers bridges with 503, which keep their events, and readers get a 503.",
  remedy:
    "see which table and index (ThrottledRequests, WriteThrottleEvents); a new table takes 4,000 writes a second and doubles with use; ask AWS for more if the account's limit is reached.",
});
