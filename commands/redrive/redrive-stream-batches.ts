import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import * as v from "valibot";
import { addRedriven, type RedriveContext, type Redriven } from "./redrive-context.ts";

const BatchSchema = v.object({ Records: v.array(v.unknown()) });

// Lambda's documentation shows the payload as text and its examples as an object: both are taken.
const InvocationRecordSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ payload: v.union([v.pipe(v.string(), v.parseJson(), BatchSchema), BatchSchema]) }),
);

/** The stream records in an invocation record that Lambda wrote; undefined where it is something else. */
export const readInvocationRecord = (text: string): readonly unknown[] | undefined => {
  const parsed = v.safeParse(InvocationRecordSchema, text);
  return parsed.success ? parsed.output.payload.Records : undefined;
};

const listKeys = async (s3: S3Client, bucket: string): Promise<string[]> => {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        ...(token !== undefined && { ContinuationToken: token }),
      }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  // S3 lists by name, and a name ends in the time of the failure: this is the order of each shard.
  return keys;
};

/** Hands each stream batch that Lambda gave up on to fanout again, and deletes those that it took. */
export const redriveStreamBatches = async (
  s3: S3Client,
  bucket: string,
  { handToFanout, terminal }: RedriveContext,
): Promise<Redriven> => {
  let sum: Redriven = { back: 0, stay: 0 };
  for (const Key of await listKeys(s3, bucket)) {
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    const records = readInvocationRecord((await object.Body?.transformToString()) ?? "");
    const outcome =
      records === undefined
        ? { kind: "failed" as const, why: "is no invocation record with a payload" }
        : await handToFanout(records);
    const taken = outcome.kind === "taken";
    if (taken) await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    else terminal.note(`${Key}: ${outcome.why}`);
    sum = addRedriven(sum, taken ? { back: 1, stay: 0 } : { back: 0, stay: 1 });
  }
  return sum;
};
