import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { startDynamoDb } from "../../local/emulators/dynamodb.ts";
import type { EngineSearch } from "../../local/emulators/dynamodb-engine.ts";
import { createShutdown } from "../../local/processes/shutdown.ts";
import { type AlertingPorts, createAlertingPorts, createAlertingTables } from "./alerting-ports.ts";
import { createStorePorts, createTables, type StorePorts } from "./store-ports.ts";

/** Where the contract suites run: returns an empty store, or empty tables of alerting, each time that it is called. */
export type StoreEngine = {
  createStore: () => Promise<StorePorts>;
  createAlerting: () => Promise<AlertingPorts>;
  stop: () => Promise<void>;
};

/** A DynamoDB as an engine, and its client. */
export type DynamoDbStoreEngine = StoreEngine & { client: DynamoDBClient };

/** Starts a DynamoDB on a free loopback port; each store has its own tables. */
export const startStoreEngine = async (
  engine: Exclude<EngineSearch, { kind: "missing" }>,
): Promise<DynamoDbStoreEngine> => {
  const stateDirectory = mkdtempSync(join(tmpdir(), "store-engine-"));
  const shutdown = createShutdown();
  shutdown.add(() => rmSync(stateDirectory, { recursive: true, force: true }));
  const { url: endpoint } = await startDynamoDb(engine, undefined, {
    stateDirectory,
    shutdown,
    onDeath: () => undefined,
  });
  const client = new DynamoDBClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  shutdown.add(() => client.destroy());
  return {
    client,
    createStore: async () => {
      const prefix = `test-${randomUUID()}`;
      await createTables(client, prefix);
      return createStorePorts(client, prefix);
    },
    createAlerting: async () => {
      const prefix = `test-${randomUUID()}`;
      await createAlertingTables(client, prefix);
      return createAlertingPorts(client, prefix);
    },
    stop: shutdown.run,
  };
};
