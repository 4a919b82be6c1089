import { describe, expect, it } from "vitest";
import { maxReceives } from "../../../lambda/adapters/retry-sooner.ts";
import { synthesize } from "../support/synthesize.ts";

const stage = synthesize();
const queue = stage.one("AWS::SQS::Queue", "dn-registration-dev-evaluation");
const evaluate = stage.one("AWS::Lambda::Function", "dn-registration-dev-evaluate");

describe("the evaluation queue", () => {
  it("hides a message for six times as long as an evaluation may take", () => {
    expect(queue.properties["VisibilityTimeout"]).toBe(6 * Number(evaluate.properties["Timeout"]));
  });

  it("moves a message that failed five times to the dead letters", () => {
    expect(queue.properties["RedrivePolicy"]).toEqual({
      deadLetterTargetArn: "dn-registration-dev-evaluation-dead-letters",
      maxReceiveCount: maxReceives,
    });
  });

  it("feeds evaluate with batches of messages, and repeats only what failed", () => {
    const source = stage
      .all("AWS::Lambda::EventSourceMapping")
      .find(({ properties }) => properties["EventSourceArn"] === queue.name);
    expect(source?.properties).toEqual({
      EventSourceArn: queue.name,
      FunctionName: evaluate.name,
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 2,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });
});

describe("the scheduled run", () => {
  const rule = stage.one("AWS::Events::Rule");

  it("calls evaluate every minute", () => {
    expect(rule.properties).toMatchObject({
      Name: "dn-registration-dev-evaluate-every-minute",
      ScheduleExpression: "rate(1 minute)",
      State: "ENABLED",
    });
    expect(stage.all("AWS::Lambda::Permission")).toContainEqual(
      expect.objectContaining({
        properties: expect.objectContaining({
          FunctionName: evaluate.name,
          Principal: "events.amazonaws.com",
          SourceArn: rule.name,
        }),
      }),
    );
  });

  it("is not repeated when it fails: the next one does its work", () => {
    const policy = { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 };
    expect(rule.properties["Targets"]).toEqual([
      {
        Arn: evaluate.name,
        Id: "Target0",
        RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 },
      },
    ]);
    expect(stage.one("AWS::Lambda::EventInvokeConfig").properties).toMatchObject({
      FunctionName: evaluate.name,
      ...policy,
    });
  });
});
