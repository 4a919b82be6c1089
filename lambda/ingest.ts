import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { createAddToHistory } from "./adapters/add-to-history.ts";
import { createCachedSecret } from "./adapters/cached-secret.ts";
import { fitsSignature } from "./adapters/fits-signature.ts";
import { hashText } from "./adapters/hash-text.ts";
import { createKeepRejected } from "./adapters/keep-rejected.ts";
import { createObservation } from "./adapters/observation.ts";
import { createReadStatuses } from "./adapters/read-statuses.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { createWriteHistory } from "./adapters/write-history.ts";
import { createWriteStatus } from "./adapters/write-status.ts";
import { createAuthenticateBridge } from "./domain/request/authenticate-bridge.ts";
import { BridgeKeysSchema } from "./domain/request/bridge-key.ts";
import { createIngest } from "./domain/request/ingest.ts";
import { createRecordEvents } from "./domain/status/record-events.ts";
import { IngestEnvironmentSchema } from "./environment.ts";
import { createIngestHandler } from "./handlers/ingest-handler.ts";

const environment = v.parse(IngestEnvironmentSchema, process.env);
const dynamodb = new DynamoDBClient({ requestHandler });
const secrets = new SecretsManagerClient({ requestHandler });
const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });
const nowMicros = (): number => Date.now() * 1000;

const { STATUS_TABLE, HISTORY_TABLE, HISTORY_RETENTION_DAYS } = environment;
const addToHistory = createAddToHistory(dynamodb, HISTORY_TABLE, HISTORY_RETENTION_DAYS);
const recordEvents = createRecordEvents({
  readStatuses: createReadStatuses(dynamodb, STATUS_TABLE),
  writeStatus: createWriteStatus(dynamodb, STATUS_TABLE),
  writeHistory: createWriteHistory(dynamodb, HISTORY_TABLE, HISTORY_RETENTION_DAYS, addToHistory),
  addToHistory,
  now: nowMicros,
});
const readBridgeKeys = createCachedSecret(
  secrets,
  environment.BRIDGE_KEYS_SECRET,
  (text) => v.parse(BridgeKeysSchema, text).keys,
  Date.now,
);

/** `POST /v1/events`: takes signed events of a bridge. */
export const handler = createIngestHandler({
  authenticate: createAuthenticateBridge({
    readBridgeKeys,
    fits: fitsSignature,
    now: () => Math.floor(Date.now() / 1000),
  }),
  ingest: createIngest({
    recordEvents,
    keepRejected: createKeepRejected(sqs, environment.REJECTED_EVENTS_QUEUE_URL),
    hash: hashText,
    now: nowMicros,
  }),
  ...createObservation(),
  now: nowMicros,
});
