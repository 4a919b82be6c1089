import { describe, expect, it } from "vitest";
import { synthesize } from "./support/synthesize.ts";

describe("the status table's stream", () => {
  const stage = synthesize();
  const source = stage.one("AWS::Lambda::EventSourceMapping").properties;

  it("feeds fanout from its beginning", () => {
    expect(source).toMatchObject({
      EventSourceArn: "dn-registration-dev-status.StreamArn",
      FunctionName: "dn-registration-dev-fanout",
      StartingPosition: "TRIM_HORIZON",
    });
  });

  it("passes only what ingest marked as changed", () => {
    const pattern = { dynamodb: { NewImage: { changed: { BOOL: [true] } } } };
    expect(source["FilterCriteria"]).toEqual({ Filters: [{ Pattern: JSON.stringify(pattern) }] });
  });

  it("repeats only what failed, bisects, and gives up after 6 hours", () => {
    expect(source).toMatchObject({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10_000,
      MaximumRecordAgeInSeconds: 6 * 60 * 60,
    });
  });

  it("leaves what it gave up, whole, in the bucket", () => {
    expect(source["DestinationConfig"]).toEqual({
      OnFailure: { Destination: stage.one("AWS::S3::Bucket").name },
    });
  });

  it("counts what it gave up, for the alarms", () => {
    expect(source["MetricsConfig"]).toEqual({ Metrics: ["EventCount"] });
  });
});
