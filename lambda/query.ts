import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import { createReadConnectionsOfServer } from "./adapters/read-connections-of-server.ts";
import { createReadList } from "./adapters/read-list.ts";
import { createReadStatuses } from "./adapters/read-statuses.ts";
import { createReadStatusesOfDn } from "./adapters/read-statuses-of-dn.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { createTelemetry } from "./adapters/telemetry.ts";
import { createWalkHistory } from "./adapters/walk-history.ts";
import { QueryEnvironmentSchema, TelemetryEnvironmentSchema } from "./environment.ts";
import { createHistoryHandler } from "./handlers/history-handler.ts";
import { createRegistrationsHandlers } from "./handlers/registrations-handler.ts";
import { createRouter, health } from "./handlers/router.ts";
import { queryRoutes } from "./routes.ts";
import { createListRegistrations } from "./use-cases/query/list-registrations.ts";
import { createReadDnsPage } from "./use-cases/query/read-dns-page.ts";
import { createReadHistoryPage } from "./use-cases/query/read-history-page.ts";
import { createRegistrationsAt } from "./use-cases/query/registrations-at.ts";
import { createShowRegistrations } from "./use-cases/query/show-registrations.ts";

const environment = v.parse(QueryEnvironmentSchema, process.env);
const dynamodb = new DynamoDBClient({ requestHandler });
const nowMicros = (): number => Date.now() * 1000;
const { log } = createTelemetry(v.parse(TelemetryEnvironmentSchema, process.env), Date.now);

const readStatusesOfDn = createReadStatusesOfDn(dynamodb, environment.STATUS_TABLE);
const walkHistory = createWalkHistory(dynamodb, environment.HISTORY_TABLE);
const readConnectionsOfServer = createReadConnectionsOfServer(
  dynamodb,
  environment.CONNECTIONS_TABLE,
);
const showRegistrations = createShowRegistrations(readConnectionsOfServer, nowMicros);
const registrations = createRegistrationsHandlers({
  readDnsPage: createReadDnsPage({
    readStatusesOfDn,
    registrationsAt: createRegistrationsAt({ walkHistory, readStatusesOfDn }),
    showRegistrations,
  }),
  listRegistrations: createListRegistrations({
    readList: createReadList(dynamodb, environment.STATUS_TABLE),
    readStatuses: createReadStatuses(dynamodb, environment.STATUS_TABLE),
    showRegistrations,
  }),
  now: nowMicros,
  historyRetentionDays: environment.HISTORY_RETENTION_DAYS,
});

/** The reading routes. */
export const handler = createRouter(
  queryRoutes,
  {
    "GET /v1/health": health,
    "GET /v1/registrations": registrations.collection,
    "GET /v1/registrations/{thisDN}": registrations.one,
    "GET /v1/history": createHistoryHandler(createReadHistoryPage(walkHistory)),
  },
  (error, requestId) => log("error", "request failed", { requestId, error }),
);
