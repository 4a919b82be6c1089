import * as v from "valibot";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import type { Loss } from "../../lambda/domain/alerting/loss.ts";
import type { Connection } from "../../lambda/domain/connection/connection.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { AlertRulesSchema } from "../../lambda/domain/rules.ts";
import { utc } from "../../lambda/domain/zone.ts";
import { createOperateAnswers } from "../../lambda/handlers/operate-answers.ts";
import { createRouter } from "../../lambda/handlers/router.ts";
import { operateRoutes } from "../../lambda/routes.ts";
import { createRecordEvents } from "../../lambda/use-cases/record-events.ts";
import { type Answer, toAnswer } from "./answer.ts";
import { getRequest, type ReaderOptions, testNow } from "./api-event.ts";
import {
  connectionMapKey,
  createInMemoryAlerting,
  type InMemoryAlerting,
} from "./in-memory-alerting.ts";
import { alertMapKey } from "./in-memory-alerts.ts";
import { lossMapKey } from "./in-memory-losses.ts";
import { createInMemoryStore } from "./in-memory-store.ts";

const rules = v.parse(AlertRulesSchema, {});
const authorizer = {
  tokenId: "token_1",
  tokenName: "crm",
  scopes: "registrations:read registrations:write alerts:read alerts:write",
};

/** Operate's handler with the real domain over tables in memory, at `testNow`, for a reader who may do everything. */
export const createOperateHarness = (changes: Partial<InMemoryAlerting> = {}) => {
  const tables = { ...createInMemoryStore(), ...createInMemoryAlerting(), ...changes };
  const failures: unknown[] = [];
  const answers = createOperateAnswers({
    ...tables,
    rules,
    zone: utc,
    hash: (text) => text,
    emitMetrics: () => undefined,
    now: () => testNow,
  });
  const handle = createRouter(operateRoutes, answers, (error) => {
    failures.push(error);
  });
  const ask = async (routeKey: string, options: ReaderOptions = {}): Promise<Answer> =>
    toAnswer(await handle(getRequest(routeKey, { authorizer, ...options })));
  return {
    tables,
    failures,
    ask,
    /** Sends a JSON body. */
    post: (routeKey: string, body: object, path: Record<string, string> = {}): Promise<Answer> => {
      const headers = { "content-type": "application/json" };
      return ask(routeKey, { body: JSON.stringify(body), path, headers });
    },
    /** Fills the tables. */
    put: {
      alerts: (...alerts: Alert[]) => {
        for (const alert of alerts) tables.alerts.set(alertMapKey(alert), alert);
      },
      losses: (...losses: Loss[]) => {
        for (const loss of losses) tables.losses.set(lossMapKey(loss), loss);
      },
      connections: (...connections: Connection[]) => {
        for (const one of connections) tables.connections.set(connectionMapKey(one), one);
      },
      events: async (...events: RegistrationEvent[]) => {
        await createRecordEvents({ ...tables, now: () => testNow })(events, "key_1");
      },
    },
    /** The stored alert of a key as it is now. */
    storedAlert: (alert: Alert) => tables.alerts.get(alertMapKey(alert)),
  };
};
