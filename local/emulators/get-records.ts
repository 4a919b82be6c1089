import * as v from "valibot";

const PageSchema = v.object({
  Records: v.array(
    v.looseObject({
      eventID: v.string(),
      eventName: v.string(),
      dynamodb: v.looseObject({
        SequenceNumber: v.string(),
        ApproximateCreationDateTime: v.number(),
      }),
    }),
  ),
  NextShardIterator: v.optional(v.string()),
});

/** Some records of a stream as they come over the wire, and where to read on. */
export type RecordsPage = v.InferOutput<typeof PageSchema>;
/** Reads some records of a stream. Rejects when the engine refuses. */
export type GetRecords = (shardIterator: string) => Promise<RecordsPage>;

/**
 * Makes a `GetRecords` without the SDK, which would make objects, dates and bytes of what comes as Lambda passes it on: half of
 * what the delivery of a record costs. No emulator checks the signature; the credentials and the region say whose tables it is
 * about.
 */
export const createGetRecords = (url: string, region: string, accessKeyId: string): GetRecords => {
  const scope = `${accessKeyId}/20260101/${region}/dynamodb/aws4_request`;
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "DynamoDBStreams_20120810.GetRecords",
    "x-amz-date": "20260101T000000Z",
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
  };
  return async (ShardIterator) => {
    const body = JSON.stringify({ ShardIterator });
    const response = await fetch(url, { method: "POST", headers, body });
    if (!response.ok) throw new Error(`GetRecords: ${response.status} ${await response.text()}`);
    return v.parse(PageSchema, await response.json());
  };
};
