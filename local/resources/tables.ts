import { isDeepStrictEqual } from "node:util";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import type { ResolvedResource, ResolvedTemplates } from "../templates/resolved-templates.ts";

const KeySchema = v.array(
  v.object({ AttributeName: v.string(), KeyType: v.picklist(["HASH", "RANGE"]) }),
);
const ProjectionSchema = v.object({
  ProjectionType: v.optional(v.picklist(["ALL", "KEYS_ONLY", "INCLUDE"])),
  NonKeyAttributes: v.optional(v.array(v.string())),
});
const IndexesSchema = v.array(
  v.object({ IndexName: v.string(), KeySchema, Projection: ProjectionSchema }),
);
const StreamViewSchema = v.picklist(["NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE", "KEYS_ONLY"]);
const TableSchema = v.object({
  AttributeDefinitions: v.array(
    v.object({ AttributeName: v.string(), AttributeType: v.picklist(["S", "N", "B"]) }),
  ),
  KeySchema,
  GlobalSecondaryIndexes: v.optional(IndexesSchema),
  LocalSecondaryIndexes: v.optional(IndexesSchema),
  StreamSpecification: v.optional(v.object({ StreamViewType: StreamViewSchema })),
  TimeToLiveSpecification: v.optional(
    v.object({ AttributeName: v.optional(v.string()), Enabled: v.boolean() }),
  ),
});
type Table = v.InferOutput<typeof TableSchema>;

const tableInput = (name: string, table: Table): CreateTableCommandInput => {
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes, StreamSpecification } = table;
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    ...(GlobalSecondaryIndexes === undefined ? {} : { GlobalSecondaryIndexes }),
    ...(LocalSecondaryIndexes === undefined ? {} : { LocalSecondaryIndexes }),
    ...(StreamSpecification === undefined
      ? {}
      : { StreamSpecification: { ...StreamSpecification, StreamEnabled: true } }),
  };
};

const setTimeToLive = async (name: string, table: Table, client: DynamoDBClient): Promise<void> => {
  const { AttributeName, Enabled } = table.TimeToLiveSpecification ?? {};
  if (AttributeName === undefined || Enabled !== true) return;
  const TimeToLiveSpecification = { AttributeName, Enabled };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
};

const describe = async (
  name: string,
  client: DynamoDBClient,
): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const hasSameShape = (existing: TableDescription, wanted: CreateTableCommandInput): boolean => {
  const shape = (table: TableDescription | CreateTableCommandInput) => ({
    keys: table.KeySchema,
    indexes: (table.GlobalSecondaryIndexes ?? [])
      .map(({ IndexName, KeySchema }) => ({ IndexName, KeySchema }))
      .sort((a, b) => String(a.IndexName).localeCompare(String(b.IndexName))),
    view: table.StreamSpecification?.StreamViewType,
  });
  return isDeepStrictEqual(shape(existing), shape(wanted));
};

const createTable = async (resource: ResolvedResource, client: DynamoDBClient): Promise<void> => {
  const table = v.parse(TableSchema, resource.properties());
  const wanted = tableInput(resource.ref, table);
  const existing = await describe(resource.ref, client);
  if (existing === undefined) {
    await client.send(new CreateTableCommand(wanted));
    await setTimeToLive(resource.ref, table, client);
  } else if (!hasSameShape(existing, wanted)) {
    throw new StartFailure(
      `Table ${resource.ref} in the --data directory has different keys or indexes from those in the template: use another directory.`,
    );
  }
  const { LatestStreamArn } = existing ?? (await describe(resource.ref, client)) ?? {};
  if (LatestStreamArn !== undefined) resource.setAttribute("StreamArn", LatestStreamArn);
};

/** Creates the tables with their indexes, streams and expiry, unless they exist. Throws StartFailure when an existing one is different. */
export const createTables = async (
  templates: ResolvedTemplates,
  client: DynamoDBClient,
): Promise<void> => {
  const tables = templates.ofType("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable");
  await Promise.all(tables.map((table) => createTable(table, client)));
};
