import type { LocalOptions } from "../command/local-options.ts";
import type { FindFunction } from "../functions/function-registry.ts";
import { serveLoopback } from "../loopback/loopback-server.ts";
import { type EmulatorContext, startDynamoDb } from "./dynamodb.ts";
import type { DynamoDbEngine, RunningDynamoDb } from "./dynamodb-engine.ts";
import { guardDynamoDb } from "./dynamodb-guard.ts";
import { startFauxqs } from "./fauxqs.ts";
import { lambdaEndpoint } from "./lambda-endpoint.ts";
import type { Endpoints } from "./local-clients.ts";
import type { AwsCredentials } from "./request-signature.ts";
import type { SecretStore } from "./secret-store.ts";
import { secretsManager } from "./secrets-manager.ts";

/** What the emulators are started with. */
export type EmulatorParts = {
  readonly engine: DynamoDbEngine;
  readonly secrets: SecretStore;
  /** What requests to the secrets must be signed with. */
  readonly credentials: AwsCredentials;
  readonly findFunction: FindFunction;
};

/** The emulators when they take requests. */
export type RunningEmulators = Omit<RunningDynamoDb, "url"> & {
  /** For the stack itself and its functions. */
  readonly endpoints: Endpoints;
  /** For other programs: the same, but for the hidden address of DynamoDB. */
  readonly guardedEndpoints: Endpoints;
};

/** Starts the emulators of all AWS services in parallel. */
export const startEmulators = async (
  { dataDirectory }: Pick<LocalOptions, "dataDirectory">,
  { engine, secrets, credentials, findFunction }: EmulatorParts,
  context: EmulatorContext,
): Promise<RunningEmulators> => {
  const { shutdown } = context;
  const [{ url: dynamodb, ...running }, messaging, secretsUrl, lambdaUrl] = await Promise.all([
    startDynamoDb(engine, dataDirectory, context),
    startFauxqs(context),
    serveLoopback(secretsManager({ store: secrets, credentials, now: Date.now }), 0, shutdown),
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
  const guarded = engine.kind === "process" ? await guardDynamoDb(dynamodb, shutdown) : engine.url;
  const guardedEndpoints = { ...endpoints, dynamodb: guarded, dynamodbStreams: guarded };
  return { ...running, endpoints, guardedEndpoints };
};
