import { describe, expect, it } from "vitest";
import { synthesize } from "../support/synthesize.ts";

const stage = synthesize();

describe.each([
  ["status", { changed: { BOOL: [true] } }],
  ["alerts", { notice: { S: [{ exists: true }] } }],
])("the stream of the table %s", (table, NewImage) => {
  const EventSourceArn = `dn-registration-dev-${table}.StreamArn`;
  const sources = stage.all("AWS::Lambda::EventSourceMapping");
  const { properties: source = {} } =
    sources.find(({ properties }) => properties["EventSourceArn"] === EventSourceArn) ?? {};

  it("feeds fanout from its beginning", () => {
    expect(source).toMatchObject({
      FunctionName: "dn-registration-dev-fanout",
      StartingPosition: "TRIM_HORIZON",
    });
  });

  it("passes only what is to be published", () => {
    const pattern = { dynamodb: { NewImage } };
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

  it("leaves the batches that it gave up on in the bucket", () => {
    expect(source["DestinationConfig"]).toEqual({
      OnFailure: { Destination: stage.one("AWS::S3::Bucket").name },
    });
  });

  it("takes one execution a shard, as a new account has few", () => {
    expect(source["ParallelizationFactor"]).toBe(1);
  });

  it("counts what it gave up on, for the alarms", () => {
    expect(source["MetricsConfig"]).toEqual({ Metrics: ["EventCount"] });
  });
});
