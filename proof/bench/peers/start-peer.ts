import { CreateTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { BenchSystem } from "../bench-system.ts";
import type { BuiltFunction } from "../built-handler.ts";
import { buildPeer } from "./build-peer.ts";

const tables = {
  STATUS_TABLE: ["peer-status", "ThisDN", "server"],
  HISTORY_TABLE: ["peer-history", "ThisDN", "timeKey"],
  IDEMPOTENCY_TABLE: ["peer-idempotency", "id"],
} as const;

const createTable = (client: DynamoDBClient, name: string, keys: readonly string[]) =>
  client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: "S" })),
      KeySchema: keys.map((key, index) => ({
        AttributeName: key,
        KeyType: index === 0 ? "HASH" : "RANGE",
      })),
    }),
  );

/** Builds the peer into a directory and makes its tables on the system's emulator. Its variables are those of our ingest, but for the tables. */
export const startPeer = async (
  system: BenchSystem,
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<BuiltFunction> => {
  await buildPeer(directory);
  for (const [name, ...keys] of Object.values(tables)) {
    await createTable(system.clients.dynamodb, name, keys);
  }
  const names = Object.entries(tables).map(([variable, [name]]) => [variable, name]);
  return { directory, environment: { ...environment, ...Object.fromEntries(names) } };
};
