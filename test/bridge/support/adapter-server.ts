import { createServer, type IncomingMessage, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { hashText } from "../../../lambda/adapters/hash-text.ts";
import { matchesSignature } from "../../../lambda/adapters/matches-signature.ts";
import { createIngestHandler } from "../../../lambda/handlers/ingest-handler.ts";
import { createAuthenticateBridge } from "../../../lambda/use-cases/ingest/authenticate-bridge.ts";
import { createIngestion } from "../../../lambda/use-cases/ingest/ingestion.ts";
import { postRequest } from "../../support/api-event.ts";
import { bridgeKey } from "../../support/build-event.ts";
import { createInMemoryAlerting, type InMemoryAlerting } from "../../support/in-memory-alerting.ts";
import type { InMemoryStore } from "../../support/in-memory-store.ts";
import { defaultRules } from "../../support/ingest-harness.ts";

/** What the adapter needs of a store, and where rejected events go. */
export type AdapterStore = Pick<
  InMemoryStore,
  "readStatuses" | "writeStatus" | "writeHistory" | "addToHistory"
> & { readonly keepRejected: (text: string) => void };

const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as const] : [],
    ),
  );

/** What a test may look into: what the adapter knows of connections, and each body that came. */
export type AdapterInsight = {
  readonly alerting?: InMemoryAlerting;
  readonly onBody?: (body: string) => void;
};

/** Ingest as it is deployed, over HTTP and the given store, by the real clock. It takes the key of bridge-a. */
export const createAdapterServer = (
  store: AdapterStore,
  { alerting = createInMemoryAlerting(), onBody }: AdapterInsight = {},
): Server => {
  const nowMicros = (): number => Date.now() * 1000;
  const handle = createIngestHandler({
    authenticate: createAuthenticateBridge({
      readBridgeKeys: async () => [bridgeKey()],
      fits: matchesSignature,
      now: () => Math.floor(Date.now() / 1000),
    }),
    ...createIngestion({
      ...store,
      ...alerting,
      keepRejected: async (events) => {
        for (const { event } of events) store.keepRejected(event);
      },
      rules: defaultRules,
      serversPerKey: 100,
      log: () => undefined,
      hash: hashText,
      now: nowMicros,
    }),
    log: () => undefined,
    emitMetrics: () => undefined,
    now: nowMicros,
  });
  return createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const headers = headersOf(request);
      const body = await buffer(request);
      onBody?.(body.toString());
      const signed = postRequest(body, { headers, base64: true });
      const { statusCode, headers: given, body: text } = await handle(signed);
      for (const [name, value] of Object.entries(given ?? {}))
        response.setHeader(name, String(value));
      response.writeHead(statusCode ?? 500);
      response.end(text);
    };
    void answer().catch(() => response.destroy());
  });
};
