import { describe, expect, it } from "vitest";
import { synthesize } from "./support/synthesize.ts";

const stage = synthesize();
const alarm = (name: string) =>
  stage.one("AWS::CloudWatch::Alarm", `dn-registration-dev-${name}`).properties;
const functions = ["ingest", "fanout", "query", "authorize"];

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

  it("come for every queue of the stage, as soon as a message waits in it", () => {
    for (const { name } of stage.all("AWS::SQS::Queue")) {
      const watching = stage.all("AWS::CloudWatch::Alarm").map(({ properties }) => properties);
      expect(watching).toContainEqual(
        expect.objectContaining({
          MetricName: "ApproximateNumberOfMessagesVisible",
          Dimensions: [{ Name: "QueueName", Value: `${name}.QueueName` }],
          Threshold: 1,
        }),
      );
    }
  });

  it.each([
    ["failed-stream-batches", "OnFailureDestinationDeliveredEventCount"],
    ["changes-dropped", "DroppedEventCount"],
  ])("come as %s when the stream's source counts %s", (name, MetricName) => {
    const source = stage.one("AWS::Lambda::EventSourceMapping").name;
    expect(alarm(name)).toMatchObject({
      Namespace: "AWS/Lambda",
      MetricName,
      Dimensions: [{ Name: "EventSourceMappingUUID", Value: source }],
      Threshold: 1,
    });
  });

  it.each([
    ["events-rejected", "EventsRejected"],
    ["events-ahead-of-clock", "EventsAheadOfClock"],
    ["stale-signatures", "StaleSignaturesWithRightKey"],
  ])("come as %s when ingest counts %s", (name, MetricName) => {
    expect(alarm(name)).toMatchObject({
      Namespace: "DnRegistration",
      MetricName,
      Dimensions: [{ Name: "service", Value: "dn-registration-dev" }],
      Threshold: 1,
    });
  });

  it("come when the API answers with 5xx", () => {
    expect(alarm("api-5xx")).toMatchObject({ Namespace: "AWS/ApiGateway", MetricName: "5xx" });
  });

  it("tell operations when they come and go, what it means and what to do", () => {
    for (const { properties } of stage.all("AWS::CloudWatch::Alarm")) {
      expect(properties).toMatchObject({
        AlarmActions: ["dn-registration-dev-operations"],
        OKActions: ["dn-registration-dev-operations"],
        TreatMissingData: "notBreaching",
        AlarmDescription: expect.stringMatching(/^.{30,} What to do: .{30,}$/),
      });
    }
  });
});

describe("dashboard", () => {
  const body = JSON.stringify(stage.one("AWS::CloudWatch::Dashboard").properties);

  it.each([
    "EventsApplied",
    "EventsRejected",
    "ArrivalLagSeconds",
    "AlertsOpened",
    "AlertsResolved",
    "dn-registration-dev-rejected-events",
    "dn-registration-dev-failed-changes",
    "OnFailureDestinationDeliveredEventCount",
    "IteratorAge",
  ])("shows %s", (shown) => {
    expect(body).toContain(shown);
  });
});
