import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as SdkRecord,
} from "@aws-sdk/client-dynamodb-streams";
import type { ShardPosition, StreamRecord, StreamShard, StreamSource } from "./stream-source.ts";

const listShards = async (client: DynamoDBStreamsClient, arn: string): Promise<StreamShard[]> => {
  const shards: StreamShard[] = [];
  let start: string | undefined;
  do {
    const page = start === undefined ? {} : { ExclusiveStartShardId: start };
    const answer = await client.send(new DescribeStreamCommand({ StreamArn: arn, ...page }));
    for (const { ShardId, ParentShardId } of answer.StreamDescription?.Shards ?? []) {
      if (ShardId !== undefined) shards.push({ id: ShardId, parentId: ParentShardId });
    }
    start = answer.StreamDescription?.LastEvaluatedShardId;
  } while (start !== undefined);
  return shards;
};

const iteratorOf = (from: ShardPosition) => {
  switch (from.kind) {
    case "oldest":
      return { ShardIteratorType: "TRIM_HORIZON" } as const;
    case "newest":
      return { ShardIteratorType: "LATEST" } as const;
    case "after":
      return {
        ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
        SequenceNumber: from.sequenceNumber,
      } as const;
  }
};

const plainBytes = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plainBytes);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, plainBytes(item)] as const);
  return Object.fromEntries(entries);
};

/** Functions get seconds and base64 where the SDK has made dates and bytes. */
const toLambdaRecord = (record: SdkRecord, arn: string, region: string): StreamRecord => {
  const created = record.dynamodb?.ApproximateCreationDateTime ?? new Date();
  return {
    eventID: record.eventID ?? "",
    eventName: record.eventName ?? "",
    eventVersion: record.eventVersion ?? "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: region,
    dynamodb: {
      ...record.dynamodb,
      Keys: plainBytes(record.dynamodb?.Keys),
      NewImage: plainBytes(record.dynamodb?.NewImage),
      OldImage: plainBytes(record.dynamodb?.OldImage),
      SequenceNumber: record.dynamodb?.SequenceNumber ?? "",
      ApproximateCreationDateTime: created.getTime() / 1000,
    },
    eventSourceARN: arn,
  };
};

/** Reads a DynamoDB stream with the SDK, with records as Lambda passes them to a function. */
export const dynamoDbStreamSource = (
  client: DynamoDBStreamsClient,
  arn: string,
  region: string,
): StreamSource => ({
  arn,
  listShards: () => listShards(client, arn),
  openShard: async (shardId, from) => {
    const request = { StreamArn: arn, ShardId: shardId, ...iteratorOf(from) };
    const { ShardIterator } = await client.send(new GetShardIteratorCommand(request));
    if (ShardIterator === undefined) throw new Error(`No iterator for shard ${shardId}.`);
    return ShardIterator;
  },
  read: async (iterator) => {
    const answer = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
    const records = (answer.Records ?? []).map((record) => toLambdaRecord(record, arn, region));
    return { records, next: answer.NextShardIterator };
  },
});
