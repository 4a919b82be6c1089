import { once } from "node:events";
import * as v from "valibot";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { isRenewed } from "../../../lambda/domain/connection/judge-staleness.ts";
import { compareText } from "../../../lambda/domain/text.ts";
import { connectionMapKey, createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";
import { createAdapterServer } from "./adapter-server.ts";

const application = "bridge-a";
const BodySchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.union([v.array(v.unknown()), v.looseObject({ events: v.array(v.unknown()) })]),
);

/** A body as it came. */
export type Body = Readonly<{ events: unknown[]; [member: string]: unknown }>;

const toBody = (text: string): Body => {
  const body = v.parse(BodySchema, text);
  return Array.isArray(body) ? { events: body } : body;
};

/** The adapter in this process, with a look at what came and at what it makes of the bridge's connections. */
export const startWatchingAdapter = async () => {
  const store = createInMemoryStore();
  const alerting = createInMemoryAlerting();
  const texts: string[] = [];
  const server = createAdapterServer(
    { ...store, keepRejected: () => undefined },
    { alerting, onBody: (text) => texts.push(text) },
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const connection = (name: string): Connection | undefined =>
    alerting.connections.get(connectionMapKey({ server: name, application }));
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    bodies: (): Body[] => texts.map(toBody),
    heartbeats: (): Body[] => texts.map(toBody).filter(({ events }) => events.length === 0),
    connection,
    /** The DNs that are lost once the time to renew them is over. */
    stale: (): string[] =>
      [...store.statuses.values()]
        .filter(({ server: name, applications }) => {
          const { [application]: { registered } = {} } = applications;
          const { stale } = connection(name) ?? {};
          return (
            registered !== undefined && stale !== undefined && !isRenewed(registered, stale.since)
          );
        })
        .map(({ thisDN }) => thisDN)
        .sort(compareText),
    close: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/** The adapter in this process. */
export type WatchingAdapter = Awaited<ReturnType<typeof startWatchingAdapter>>;
