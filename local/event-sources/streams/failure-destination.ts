import { randomUUID } from "node:crypto";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { GivenUpBatch } from "./batch-delivery.ts";

/** Where given-up batches of a shard are stored, and where they come from. */
export type FailureDestination = {
  /** The destination's ARN; undefined when the mapping has none. */
  readonly arn: string | undefined;
  readonly mappingId: string;
  readonly shardId: string;
  readonly streamArn: string;
  readonly functionArn: string;
  readonly s3: S3Client;
  readonly say: (line: string) => void;
  /** Waits; rejects when the stack stops. */
  readonly wait: (milliseconds: number) => Promise<void>;
};

const isoSeconds = (seconds: number | undefined): string | undefined =>
  seconds === undefined ? undefined : `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

/** The object that Lambda writes to a mapping's S3 destination: the invocation record with the whole event as JSON text. */
export const failureRecord = (batch: GivenUpBatch, context: FailureContext) => {
  const { mappingId, shardId, streamArn, functionArn, now, randomId } = context;
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
  const time = timestamp.slice(0, 19).replaceAll(":", ".");
  const path = `${day.replaceAll("-", "/")}/${time}-${randomId()}`;
  return { key: `aws/lambda/${mappingId}/${shardId}/${path}`, body: JSON.stringify(body) };
};

/** Writes a given-up batch to the mapping's bucket, retries until that works, and reports where it is. */
export const keepGivenUp = async (
  batch: GivenUpBatch,
  destination: FailureDestination,
): Promise<void> => {
  const { arn, s3, say, wait } = destination;
  const Bucket = /^arn:aws:s3:::(.+)$/.exec(arn ?? "")?.[1];
  const what = `${batch.records.length} stream records given up (${batch.condition})`;
  if (Bucket === undefined) return say(`${what}; there is no S3 destination to keep them`);
  const context = { ...destination, now: Date.now(), randomId: randomUUID };
  const { key, body } = failureRecord(batch, context);
  for (;;) {
    const put = s3.send(new PutObjectCommand({ Bucket, Key: key, Body: body }));
    const isKept = await put.then(
      () => true,
      () => false,
    );
    if (isKept) return say(`${what}; kept as s3://${Bucket}/${key}`);
    await wait(1000);
  }
};

/** Where and when a batch was given up. */
type FailureContext = {
  readonly mappingId: string;
  readonly shardId: string;
  readonly streamArn: string;
  readonly functionArn: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly randomId: () => string;
};
