import { describe, expect, it } from "vitest";
import { synthesize } from "../support/synthesize.ts";

const stage = synthesize();
const alarm = (name: string) =>
  stage.one("AWS::CloudWatch::Alarm", `dn-registration-dev-${name}`).properties;
const functions = ["ingest", "fanout", "evaluate", "query", "operate", "authorize"];

describe("alarms", () => {
  it.each(functions)("come on an error or a throttle of %s", (name) => {
    const watched = {
      Namespace: "AWS/Lambda",
      Dimensions: [{ Name: "FunctionName", Value: `dn-registration-dev-${name}` }],
      Threshold: 1,
    };
    expect(alarm(`${name}-errors`)).toMatchObject({ ...watched, MetricName: "Errors" });
    expect(alarm(`${name}-throttles`)).toMatchObject({ ...watched, MetricName: "Throttles" });
  });

  it("come when a change has waited for a minute", () => {
    expect(alarm("changes-late")).toMatchObject({
      MetricName: "IteratorAge",
      Statistic: "Maximum",
      Dimensions: [{ Name: "FunctionName", Value: "dn-registration-dev-fanout" }],
      Threshold: 60_000,
    });
  });

  it("come for every queue that a person empties, as soon as a message waits in it", () => {
    const emptied = stage
      .all("AWS::SQS::Queue")
      .filter(({ name }) => !name.endsWith("-evaluation"));
    expect(emptied).toHaveLength(3);
    for (const { name } of emptied) {
      const watching = stage.all("AWS::CloudWatch::Alarm").map(({ properties }) => properties);
      expect(watching).toContainEqual(
        expect.objectContaining({
          MetricName: "ApproximateNumberOfMessagesVisible",
          Dimensions: [{ Name: "QueueName", Value: name }],
          Threshold: 1,
        }),
      );
    }
  });

  it.each([
    ["failed-stream-batches", "status", "OnFailureDestinationDeliveredEventCount"],
    ["failed-alert-batches", "alerts", "OnFailureDestinationDeliveredEventCount"],
    ["changes-dropped", "status", "DroppedEventCount"],
    ["alerts-dropped", "alerts", "DroppedEventCount"],
  ])("come as %s when the source of the stream of %s counts %s", (name, table, MetricName) => {
    const stream = `dn-registration-dev-${table}.StreamArn`;
    const source = stage
      .all("AWS::Lambda::EventSourceMapping")
      .find(({ properties }) => properties["EventSourceArn"] === stream);
    expect(alarm(name)).toMatchObject({
      Namespace: "AWS/Lambda",
      MetricName,
      Dimensions: [{ Name: "EventSourceMappingUUID", Value: source?.name }],
      Threshold: 1,
    });
  });

  it("come when a message is five minutes older than the longest delay of the evaluation queue", () => {
    expect(alarm("evaluation-late")).toMatchObject({
      MetricName: "ApproximateAgeOfOldestMessage",
      Statistic: "Maximum",
      Dimensions: [{ Name: "QueueName", Value: "dn-registration-dev-evaluation" }],
      Threshold: 900 + 300,
    });
  });

  it("come when evaluate has completed no scheduled run, and when nothing is counted at all", () => {
    expect(alarm("evaluation-clock-stopped")).toMatchObject({
      Namespace: "DnRegistration",
      MetricName: "ScheduledRuns",
      Dimensions: [{ Name: "service", Value: "dn-registration-dev" }],
      Statistic: "Sum",
      Period: 300,
      ComparisonOperator: "LessThanThreshold",
      Threshold: 1,
      TreatMissingData: "breaching",
    });
  });

  it.each([
    ["events-rejected", "EventsRejected", 1],
    ["servers-refused", "ServersRefused", 1],
    ["servers-many", "ServersKnown", 800],
    ["events-ahead-of-clock", "EventsAheadOfClock", 1],
    ["stale-signatures", "StaleSignaturesWithRightKey", 1],
    ["signatures-refused", "SignaturesRefused", 10],
    ["evaluations-failed", "EvaluationsFailed", 5],
  ])("come as %s when %s counts to %i", (name, MetricName, Threshold) => {
    expect(alarm(name)).toMatchObject({
      Namespace: "DnRegistration",
      MetricName,
      Dimensions: [{ Name: "service", Value: "dn-registration-dev" }],
      Threshold,
    });
  });

  it("come by the number of servers at one time, which is counted every minute", () => {
    expect(alarm("servers-many")).toMatchObject({ Statistic: "Maximum", Period: 300 });
  });

  it("come when Lambda drops a scheduled run", () => {
    expect(alarm("scheduled-runs-dropped")).toMatchObject({
      Namespace: "AWS/Lambda",
      MetricName: "AsyncEventsDropped",
      Dimensions: [{ Name: "FunctionName", Value: "dn-registration-dev-evaluate" }],
      Statistic: "Sum",
    });
  });

  it.each(["alerts", "changes"])("come when SNS cannot deliver %s", (topic) => {
    expect(alarm(`${topic}-undelivered`)).toMatchObject({
      Namespace: "AWS/SNS",
      MetricName: "NumberOfNotificationsFailed",
      Dimensions: [{ Name: "TopicName", Value: `dn-registration-dev-${topic}` }],
      Threshold: 1,
    });
  });

  it("come when bridges get 429, which the access log counts", () => {
    expect(alarm("bridges-throttled")).toMatchObject({
      Namespace: "DnRegistration",
      MetricName: "BridgeRequestsThrottled",
      Dimensions: [{ Name: "service", Value: "dn-registration-dev" }],
    });
    expect(stage.one("AWS::Logs::MetricFilter").properties).toMatchObject({
      LogGroupName: "/aws/vendedlogs/dn-registration-dev-api",
      FilterPattern: '{ ($.status = "429") && ($.routeKey = "POST /v1/events") }',
      MetricTransformations: [
        {
          MetricNamespace: "DnRegistration",
          MetricName: "BridgeRequestsThrottled",
          Dimensions: [{ Key: "service", Value: "$.service" }],
        },
      ],
    });
    const format = JSON.stringify(stage.one("AWS::ApiGatewayV2::Stage").properties);
    expect(format).toContain('\\"service\\":\\"dn-registration-dev\\"');
  });

  it("come when Lambda takes evaluate's messages to itself for a loop", () => {
    expect(alarm("recursive-invocations-dropped")).toMatchObject({
      Namespace: "AWS/Lambda",
      MetricName: "RecursiveInvocationsDropped",
      Dimensions: [{ Name: "FunctionName", Value: "dn-registration-dev-evaluate" }],
      Threshold: 1,
    });
  });

  it.each([
    ["status-throttled", "status", "ThrottledRequests", "PutItem"],
    ["history-throttled", "history", "WriteThrottleEvents", undefined],
    ["losses-throttled", "losses", "ThrottledRequests", "PutItem"],
    ["alerts-throttled", "alerts", "ThrottledRequests", "PutItem"],
    ["connections-throttled", "connections", "ThrottledRequests", "PutItem"],
    ["reads-throttled", "status", "ReadThrottleEvents", undefined],
    ["lists-throttled", "status", "ThrottledRequests", "Query"],
  ])("come as %s when DynamoDB throttles the table of %s (%s, %s)", (name, table, ...metric) => {
    const [MetricName, operation] = metric;
    expect(alarm(name)).toMatchObject({
      Namespace: "AWS/DynamoDB",
      MetricName,
      Dimensions: [
        ...(operation === undefined ? [] : [{ Name: "Operation", Value: operation }]),
        { Name: "TableName", Value: `dn-registration-dev-${table}` },
      ],
      Statistic: "Sum",
    });
  });

  it("come when the API answers with 5xx", () => {
    expect(alarm("api-5xx")).toMatchObject({ Namespace: "AWS/ApiGateway", MetricName: "5xx" });
  });

  it("notify operations when they come and go, and say what they mean and what to do", () => {
    for (const { properties } of stage.all("AWS::CloudWatch::Alarm")) {
      expect(properties).toMatchObject({
        AlarmActions: ["dn-registration-dev-operations"],
        OKActions: ["dn-registration-dev-operations"],
        AlarmDescription: expect.stringMatching(/^.{30,} What to do: .{30,}$/),
      });
    }
  });
});

describe("the alarms of a stage with a topic of its own", () => {
  it("notify that one too", () => {
    const topic = "arn:aws:sns:eu-central-1:111122223333:on-call";
    const both = ["dn-registration-dev-operations", topic];
    for (const { properties } of synthesize({ alarmTopicArn: topic }).all("AWS::CloudWatch::Alarm"))
      expect(properties).toMatchObject({ AlarmActions: both, OKActions: both });
  });

  it("notify it once where it is the stage's own", () => {
    const topic = "arn:aws:sns:eu-central-1:111122223333:dn-registration-dev-operations";
    for (const { properties } of synthesize({ alarmTopicArn: topic }).all("AWS::CloudWatch::Alarm"))
      expect(properties["AlarmActions"]).toEqual(["dn-registration-dev-operations"]);
  });
});

describe("an alarm of a count", () => {
  it("is off where nothing is counted: idle functions send no metrics", () => {
    const others = stage
      .all("AWS::CloudWatch::Alarm")
      .filter(({ name }) => !name.endsWith("-evaluation-clock-stopped"));
    for (const { properties } of others) {
      expect(properties).toMatchObject({
        TreatMissingData: "notBreaching",
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
      });
    }
  });
});
