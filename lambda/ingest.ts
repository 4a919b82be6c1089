import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { createAddToHistory } from "./adapters/add-to-history.ts";
import { createCachedSecret } from "./adapters/cached-secret.ts";
import { hashText } from "./adapters/hash-text.ts";
import { createKeepRejected } from "./adapters/keep-rejected.ts";
import { matchesSignature } from "./adapters/matches-signature.ts";
import { createNameLists } from "./adapters/name-lists.ts";
import { createReadAllConnections } from "./adapters/read-all-connections.ts";
import { createReadConnection } from "./adapters/read-connection.ts";
import { createReadStatuses } from "./adapters/read-statuses.ts";
import { createRequestEvaluation } from "./adapters/request-evaluation.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { createTelemetry } from "./adapters/telemetry.ts";
import { createWriteConnection } from "./adapters/write-connection.ts";
import { createWriteHistory } from "./adapters/write-history.ts";
import { createWriteStatus } from "./adapters/write-status.ts";
import { BridgeKeysSchema } from "./domain/access/bridge-key.ts";
import { liveKeysOf } from "./domain/access/live-keys.ts";
import { IngestEnvironmentSchema, TelemetryEnvironmentSchema } from "./environment.ts";
import { createIngestHandler } from "./handlers/ingest-handler.ts";
import { createAuthenticateBridge } from "./use-cases/ingest/authenticate-bridge.ts";
import { createIngestion } from "./use-cases/ingest/ingestion.ts";

const environment = v.parse(IngestEnvironmentSchema, process.env);
const dynamodb = new DynamoDBClient({ requestHandler });
const secrets = new SecretsManagerClient({ requestHandler });
const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });
const nowMicros = (): number => Date.now() * 1000;
const telemetry = createTelemetry(v.parse(TelemetryEnvironmentSchema, process.env), Date.now);

const { STATUS_TABLE, HISTORY_TABLE, CONNECTIONS_TABLE, HISTORY_RETENTION_DAYS } = environment;
const addToHistory = createAddToHistory(dynamodb, HISTORY_TABLE, HISTORY_RETENTION_DAYS);
const readKeys = createCachedSecret(
  secrets,
  environment.BRIDGE_KEYS_SECRET,
  (text) => {
    const { keys } = v.parse(BridgeKeysSchema, text);
    return { keys, live: liveKeysOf(keys, nowMicros()) };
  },
  Date.now,
);

/** `POST /v1/events`: takes signed events of a bridge. */
export const handler = createIngestHandler({
  authenticate: createAuthenticateBridge({
    readBridgeKeys: async (options) => (await readKeys(options)).keys,
    fits: matchesSignature,
    now: () => Math.floor(Date.now() / 1000),
  }),
  ...createIngestion({
    readStatuses: createReadStatuses(dynamodb, STATUS_TABLE),
    writeStatus: createWriteStatus(dynamodb, STATUS_TABLE),
    addToHistory,
    writeHistory: createWriteHistory(dynamodb, HISTORY_TABLE, HISTORY_RETENTION_DAYS, addToHistory),
    keepRejected: createKeepRejected(sqs, environment.REJECTED_EVENTS_QUEUE_URL),
    readConnection: createReadConnection(dynamodb, CONNECTIONS_TABLE),
    readAllConnections: createReadAllConnections(dynamodb, CONNECTIONS_TABLE),
    writeConnection: createWriteConnection(dynamodb, CONNECTIONS_TABLE),
    ...createNameLists(dynamodb, CONNECTIONS_TABLE),
    serversPerKey: environment.SERVERS_PER_KEY,
    readLiveKeys: async (options) => (await readKeys(options)).live,
    requestEvaluation: createRequestEvaluation(sqs, environment.EVALUATION_QUEUE_URL),
    rules: environment.ALERT_RULES,
    log: telemetry.log,
    hash: hashText,
    now: nowMicros,
  }),
  ...telemetry,
  now: nowMicros,
});
