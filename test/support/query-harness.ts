import * as v from "valibot";
import { expect } from "vitest";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { createHistoryHandler } from "../../lambda/handlers/history-handler.ts";
import { createRegistrationsHandlers } from "../../lambda/handlers/registrations-handler.ts";
import { createRouter, health } from "../../lambda/handlers/router.ts";
import { queryRoutes } from "../../lambda/routes.ts";
import { createListRegistrations } from "../../lambda/use-cases/query/list-registrations.ts";
import { createReadDnsPage } from "../../lambda/use-cases/query/read-dns-page.ts";
import { createReadHistoryPage } from "../../lambda/use-cases/query/read-history-page.ts";
import { createRegistrationsAt } from "../../lambda/use-cases/query/registrations-at.ts";
import { createShowRegistrations } from "../../lambda/use-cases/query/show-registrations.ts";
import { createRecordEvents } from "../../lambda/use-cases/record-events.ts";
import { type Answer, toAnswer } from "./answer.ts";
import { getRequest, testNow } from "./api-event.ts";
import { createInMemoryAlerting, type InMemoryAlerting } from "./in-memory-alerting.ts";
import { createInMemoryStore, type InMemoryStore } from "./in-memory-store.ts";

const PageSchema = v.object({
  data: v.array(v.looseObject({ thisDN: v.optional(v.string()), id: v.optional(v.string()) })),
  nextCursor: v.optional(v.nullable(v.string()), null),
  asOf: v.optional(v.string(), ""),
});

/** Reads an answer as a page of a list. */
export const toPage = ({ body }: Answer) => v.parse(PageSchema, body);

/** Query's handler with the real domain over the in-memory store, at `testNow`, with 400 days of history. */
export const createQueryHarness = (
  changes: Partial<InMemoryStore> = {},
  alertingChanges: Partial<InMemoryAlerting> = {},
) => {
  const store = { ...createInMemoryStore(), ...changes };
  const alerting = { ...createInMemoryAlerting(), ...alertingChanges };
  const failures: unknown[] = [];
  const showRegistrations = createShowRegistrations(
    alerting.readConnectionsOfServer,
    () => testNow,
  );
  const registrations = createRegistrationsHandlers({
    readDnsPage: createReadDnsPage({
      readStatusesOfDn: store.readStatusesOfDn,
      registrationsAt: createRegistrationsAt(store),
      showRegistrations,
    }),
    listRegistrations: createListRegistrations({ ...store, showRegistrations }),
    now: () => testNow,
    historyRetentionDays: 400,
  });
  const handle = createRouter(
    queryRoutes,
    {
      "GET /v1/health": health,
      "GET /v1/registrations": registrations.collection,
      "GET /v1/registrations/{thisDN}": registrations.one,
      "GET /v1/history": createHistoryHandler(createReadHistoryPage(store.walkHistory)),
    },
    (error, requestId) => {
      failures.push({ error, requestId });
    },
  );
  const ask = async (...request: Parameters<typeof getRequest>): Promise<Answer> =>
    toAnswer(await handle(getRequest(...request)));
  return {
    store,
    alerting,
    failures,
    ask,
    /** `GET /v1/registrations?…` */
    list: (query: string) => ask("GET /v1/registrations", { query }),
    /** `GET /v1/registrations/{thisDN}` */
    one: (thisDN: string, query = "") => ask("GET /v1/registrations/{thisDN}", { thisDN, query }),
    /** `GET /v1/history?…` */
    history: (query: string) => ask("GET /v1/history", { query }),
    /** Records events as ingest does, at a time of our clock. */
    record: async (events: readonly RegistrationEvent[], now = testNow) => {
      await createRecordEvents({ ...store, now: () => now })(events, "key_1");
    },
  };
};

/** A problem of the reading routes, in full. */
export const badParameters = (detail: string | RegExp) => ({
  status: 400,
  headers: { "content-type": "application/problem+json" },
  body: {
    type: "urn:dn-registration-adapter:problem:parameters",
    status: 400,
    detail: expect.stringMatching(detail),
    instance: "urn:request:request-1",
  },
});
