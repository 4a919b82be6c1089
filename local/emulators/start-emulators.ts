import type { Options } from "../command/local-options.ts";
import type { Invoke } from "../functions/invocation-outcome.ts";
import { serveLoopback } from "../loopback/loopback-server.ts";
import { type EmulatorSurroundings, startDynamoDb } from "./dynamodb.ts";
import type { DynamoDbEngine } from "./dynamodb-engine.ts";
import { startFauxqs } from "./fauxqs.ts";
import { lambdaEndpoint } from "./lambda-endpoint.ts";
import type { Endpoints } from "./local-clients.ts";
import type { SecretStore } from "./secret-store.ts";
import { secretsManager } from "./secrets-manager.ts";

/** What the emulators are made of. */
export interface EmulatorParts {
  readonly engine: DynamoDbEngine;
  readonly secrets: SecretStore;
  readonly findFunction: (address: string) => Invoke | undefined;
}

/** Starts everything that stands for an AWS service, side by side; answers the addresses. */
export async function startEmulators(
  { dataDirectory }: Pick<Options, "dataDirectory">,
  { engine, secrets, findFunction }: EmulatorParts,
  surroundings: EmulatorSurroundings,
): Promise<Endpoints> {
  const { shutdown } = surroundings;
  const [dynamodb, messaging, secretsUrl, lambdaUrl] = await Promise.all([
    startDynamoDb(engine, dataDirectory, surroundings),
    startFauxqs(surroundings),
    serveLoopback(secretsManager(secrets), 0, shutdown),
    serveLoopback(lambdaEndpoint(findFunction), 0, shutdown),
  ]);
  return {
    dynamodb,
    dynamodbStreams: dynamodb,
    sns: messaging,
    sqs: messaging,
    s3: messaging,
    secretsManager: secretsUrl,
    lambda: lambdaUrl,
  };
}
