import {
  type AttributeDefinition,
  CreateTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
} from "@aws-sdk/client-dynamodb";

type Keys = { readonly partitionKey: string; readonly sortKey: string };
type Index = Keys & { readonly indexName: string };

const keySchema = ({ partitionKey, sortKey }: Keys): KeySchemaElement[] => [
  { AttributeName: partitionKey, KeyType: "HASH" },
  { AttributeName: sortKey, KeyType: "RANGE" },
];
const definitions = (...keys: readonly Keys[]): AttributeDefinition[] =>
  [...new Set(keys.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]))].map(
    (AttributeName) => ({ AttributeName, AttributeType: "S" }),
  );

/** The indexes among a table's keys, as adapters/table-keys.ts names them. */
const indexesOf = (keys: Keys): Index[] =>
  Object.values<unknown>(keys).filter(
    (value): value is Index => typeof value === "object" && value !== null,
  );

/** Creates a table with its indexes, which hold keys only, as the stack does. */
export const createTable = async (
  client: DynamoDBClient,
  TableName: string,
  keys: Keys,
): Promise<void> => {
  const indexes = indexesOf(keys);
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: definitions(keys, ...indexes),
      KeySchema: keySchema(keys),
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: indexes.map((index) => ({
          IndexName: index.indexName,
          KeySchema: keySchema(index),
          Projection: { ProjectionType: "KEYS_ONLY" as const },
        })),
      }),
    }),
  );
};
