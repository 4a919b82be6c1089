import type { LocalOptions } from "../command/local-options.ts";
import type { FindFunction } from "../functions/function-registry.ts";
import { serveLoopback } from "../loopback/loopback-server.ts";
import { type EmulatorContext, startDynamoDb } from "./dynamodb.ts";
import type { DynamoDbEngine, RunningDynamoDb } from "./dynamodb-engine.ts";
import { startFauxqs } from "./fauxqs.ts";
import { lambdaEndpoint } from "./lambda-endpoint.ts";
import type { Endpoints } from "./local-clients.ts";
import type { SecretStore } from "./secret-store.ts";
import { secretsManager } from "./secrets-manager.ts";

/** What the emulators are started with. */
export type EmulatorParts = {
  readonly engine: DynamoDbEngine;
  readonly secrets: SecretStore;
  readonly findFunction: FindFunction;
};

/** The emulators when they take requests. */
export type RunningEmulators = Pick<RunningDynamoDb, "trimStream"> & {
  readonly endpoints: Endpoints;
};

/** Starts the emulators of all AWS services in parallel. */
export const startEmulators = async (
  { dataDirectory }: Pick<LocalOptions, "dataDirectory">,
  { engine, secrets, findFunction }: EmulatorParts,
  context: EmulatorContext,
): Promise<RunningEmulators> => {
  const { shutdown } = context;
  const [{ url: dynamodb, trimStream }, messaging, secretsUrl, lambdaUrl] = await Promise.all([
    startDynamoDb(engine, dataDirectory, context),
    startFauxqs(context),
    serveLoopback(secretsManager(secrets), 0, shutdown),
    serveLoopback(lambdaEndpoint(findFunction), 0, shutdown),
  ]);
  const endpoints = {
    dynamodb,
    dynamodbStreams: dynamodb,
    sns: messaging,
    sqs: messaging,
    s3: messaging,
    secretsManager: secretsUrl,
    lambda: lambdaUrl,
  };
  return { endpoints, trimStream };
};
