import { randomUUID } from "node:crypto";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { GivenUpBatch } from "./batch-delivery.ts";
import { failureRecord } from "./failure-record.ts";

/** Whose batches are kept, and how. */
export interface FailureDestination {
  /** The destination's ARN; undefined where the mapping has none. */
  readonly arn: string | undefined;
  readonly mappingId: string;
  readonly shardId: string;
  readonly streamArn: string;
  readonly functionArn: string;
  readonly s3: S3Client;
  readonly say: (line: string) => void;
  /** Waits; rejects when the stack stops. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Writes a given-up batch to the mapping's bucket, again and again until that works, and says where it is. */
export async function keepGivenUp(
  batch: GivenUpBatch,
  destination: FailureDestination,
): Promise<void> {
  const { arn, s3, say, wait } = destination;
  const Bucket = /^arn:aws:s3:::(.+)$/.exec(arn ?? "")?.[1];
  const what = `${batch.records.length} stream records given up (${batch.condition})`;
  if (Bucket === undefined) return say(`${what}; there is no S3 destination to keep them`);
  const surroundings = { ...destination, now: Date.now(), randomId: randomUUID };
  const { key, body } = failureRecord(batch, surroundings);
  for (;;) {
    const put = s3.send(new PutObjectCommand({ Bucket, Key: key, Body: body }));
    const isKept = await put.then(
      () => true,
      () => false,
    );
    if (isKept) return say(`${what}; kept as s3://${Bucket}/${key}`);
    await wait(1000);
  }
}
