import { describe, expect, it } from "vitest";
import { failureRecord } from "../../../../local/event-sources/streams/failure-destination.ts";
import { streamRecords } from "../../../support/stream-records.ts";

describe("record of a given-up batch", () => {
  it("has the key and the shape that Lambda gives it on S3", () => {
    const records = streamRecords(["800", "801"], 1_573_689_847);
    const { key, body } = failureRecord(
      { records, condition: "RetryAttemptsExhausted", invocations: 3 },
      {
        mappingId: "14b8db59-9d6f-4c96-8b31-ad0a4c4b1f77",
        shardId: "shardId-1",
        streamArn: "arn:stream",
        functionArn: "arn:function",
        now: Date.UTC(2026, 10, 14, 0, 13, 49, 717),
        randomId: () => "id",
      },
    );
    expect(key).toBe(
      "aws/lambda/14b8db59-9d6f-4c96-8b31-ad0a4c4b1f77/shardId-1/2026/11/14/2026-11-14T00.13.49-id",
    );
    expect(JSON.parse(body)).toEqual({
      requestContext: {
        requestId: "id",
        functionArn: "arn:function",
        condition: "RetryAttemptsExhausted",
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      version: "1.0",
      timestamp: "2026-11-14T00:13:49.717Z",
      DDBStreamBatchInfo: {
        shardId: "shardId-1",
        startSequenceNumber: "800",
        endSequenceNumber: "801",
        approximateArrivalOfFirstRecord: "2019-11-14T00:04:07Z",
        approximateArrivalOfLastRecord: "2019-11-14T00:04:07Z",
        batchSize: 2,
        streamArn: "arn:stream",
      },
      payload: JSON.stringify({ Records: records }),
    });
  });
});
