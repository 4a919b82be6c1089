import type { GivenUpBatch } from "./batch-delivery.ts";

/** Where and when a batch was given up. */
export interface FailureSurroundings {
  readonly mappingId: string;
  readonly shardId: string;
  readonly streamArn: string;
  readonly functionArn: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly randomId: () => string;
}

/** The object that Lambda writes to a mapping's S3 destination: the invocation record with the whole event as JSON text. */
export function failureRecord(batch: GivenUpBatch, surroundings: FailureSurroundings) {
  const { mappingId, shardId, streamArn, functionArn, now, randomId } = surroundings;
  const [first, last] = [batch.records.at(0)?.dynamodb, batch.records.at(-1)?.dynamodb];
  const timestamp = new Date(now).toISOString();
  const body = {
    requestContext: {
      requestId: randomId(),
      functionArn,
      condition: batch.condition,
      approximateInvokeCount: batch.invocations,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: "$LATEST",
      functionError: "Unhandled",
    },
    version: "1.0",
    timestamp,
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: isoSeconds(first?.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: isoSeconds(last?.ApproximateCreationDateTime),
      batchSize: batch.records.length,
      streamArn,
    },
    payload: JSON.stringify({ Records: batch.records }),
  };
  const day = timestamp.slice(0, 10);
  const time = timestamp.slice(0, 19).replaceAll(":", "..");
  const path = `${day.replaceAll("-", "/")}/${time}-${randomId()}`;
  return { key: `aws/lambda/${mappingId}/${shardId}/${path}`, body: JSON.stringify(body) };
}

function isoSeconds(seconds: number | undefined): string | undefined {
  return seconds === undefined
    ? undefined
    : `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
