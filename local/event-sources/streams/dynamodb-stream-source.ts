import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import type { LocalClients } from "../../emulators/local-clients.ts";
import type { ShardPosition, StreamShard, StreamSource } from "./stream-source.ts";

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

/** Reads a DynamoDB stream, with records as Lambda passes them to a function. */
export const dynamoDbStreamSource = (
  { streams, getRecords }: Pick<LocalClients, "streams" | "getRecords">,
  arn: string,
  region: string,
): StreamSource => ({
  arn,
  listShards: () => listShards(streams, arn),
  openShard: async (shardId, from) => {
    const request = { StreamArn: arn, ShardId: shardId, ...iteratorOf(from) };
    const { ShardIterator } = await streams.send(new GetShardIteratorCommand(request));
    if (ShardIterator === undefined) throw new Error(`No iterator for shard ${shardId}.`);
    return ShardIterator;
  },
  read: async (iterator) => {
    const page = await getRecords(iterator);
    const from = { eventSource: "aws:dynamodb", awsRegion: region, eventSourceARN: arn };
    const records = page.Records.map((record) => ({ ...record, ...from }));
    return { records, next: page.NextShardIterator };
  },
});
