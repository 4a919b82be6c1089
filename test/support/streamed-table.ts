import { randomUUID } from "node:crypto";
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { createGetRecords } from "../../local/emulators/get-records.ts";
import { localCredentials } from "../../local/emulators/local-clients.ts";

const region = "us-east-1";
const itemsAtOnce = 25;

/** The clients of an engine that these tests need; a request that fails is not tried again. */
export const createStreamClients = (endpoint: string) => {
  const config = { endpoint, region, credentials: localCredentials, maxAttempts: 1 };
  return {
    dynamodb: new DynamoDBClient(config),
    streams: new DynamoDBStreamsClient(config),
    getRecords: createGetRecords(endpoint, region, localCredentials.accessKeyId),
  };
};

/** A table of its own with a stream, whose records have the numbers 1, 2, 3, ... */
export const createStreamedTable = async ({
  dynamodb,
  streams,
  getRecords,
}: ReturnType<typeof createStreamClients>) => {
  const TableName = `test-${randomUUID()}`;
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    }),
  );
  const StreamArn = TableDescription?.LatestStreamArn;
  const newItem = () => ({ id: { S: randomUUID() }, text: { S: "x".repeat(500) } });

  const putOne = () => dynamodb.send(new PutItemCommand({ TableName, Item: newItem() }));
  const put = async (count: number): Promise<void> => {
    for (let left = count; left > 0; left -= itemsAtOnce) {
      const items = Array.from({ length: Math.min(left, itemsAtOnce) }, newItem);
      const requests = items.map((Item) => ({ PutRequest: { Item } }));
      await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
    }
  };

  /** An iterator from the oldest record on, or after a number. */
  const iterator = async (after?: number): Promise<string> => {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const from =
      after === undefined
        ? ({ ShardIteratorType: "TRIM_HORIZON" } as const)
        : ({
            ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
            SequenceNumber: String(after),
          } as const);
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const answer = await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...from }));
    return answer.ShardIterator ?? "";
  };
  /** The numbers of a page of records, and where to read on. */
  const readPage = async (shardIterator: string) => {
    const { Records, NextShardIterator = "" } = await getRecords(shardIterator);
    const numbers = Records.map(({ dynamodb: { SequenceNumber } }) => Number(SequenceNumber));
    return { numbers, next: NextShardIterator };
  };
  /** The numbers of all records of the stream, or of those after a number. */
  const numbers = async (after?: number): Promise<readonly number[]> => {
    const all: number[] = [];
    let page = await readPage(await iterator(after));
    while (page.numbers.length > 0) {
      all.push(...page.numbers);
      page = await readPage(page.next);
    }
    return all;
  };
  return { name: TableName, put, putOne, iterator, readPage, numbers };
};

/** A table with a stream, and how to write and read it. */
export type StreamedTable = Awaited<ReturnType<typeof createStreamedTable>>;
