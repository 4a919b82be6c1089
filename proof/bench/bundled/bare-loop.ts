import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { requestHandler } from "../../../lambda/adapters/request-handler.ts";
import { chunks } from "../../../lambda/async/chunks.ts";
import { inParallel } from "../../../lambda/async/in-parallel.ts";
import type { BareRequest } from "../bare-request.ts";

const width = 50;
const { STATUS_TABLE: statusTable = "", HISTORY_TABLE: historyTable = "" } = process.env;
const client = new DynamoDBClient({ requestHandler });

/** The same calls that ingest's handler makes, and nothing else: read, conditional writes 50 wide, history in batches. */
export const handler = async ({ keys, statuses, rows }: BareRequest): Promise<void> => {
  await Promise.all(
    chunks(keys, 100).map((some) =>
      client.send(
        new BatchGetItemCommand({
          RequestItems: { [statusTable]: { Keys: some, ConsistentRead: true } },
        }),
      ),
    ),
  );
  await inParallel(width, statuses, (item) =>
    client.send(
      new PutItemCommand({
        TableName: statusTable,
        Item: item,
        ConditionExpression: "attribute_not_exists(ThisDN)",
      }),
    ),
  );
  await Promise.all(
    chunks(rows, 25).map((some) =>
      client.send(
        new BatchWriteItemCommand({
          RequestItems: { [historyTable]: some.map((Item) => ({ PutRequest: { Item } })) },
        }),
      ),
    ),
  );
};
