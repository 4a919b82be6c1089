import { createServer, type IncomingMessage, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { fitsSignature } from "../../../lambda/adapters/fits-signature.ts";
import { hashText } from "../../../lambda/adapters/hash-text.ts";
import { createAuthenticateBridge } from "../../../lambda/domain/request/authenticate-bridge.ts";
import { createIngest } from "../../../lambda/domain/request/ingest.ts";
import { createRecordEvents } from "../../../lambda/domain/status/record-events.ts";
import { createIngestHandler } from "../../../lambda/handlers/ingest-handler.ts";
import { postRequest } from "../../support/api-event.ts";
import { bridgeKey } from "../../support/build-event.ts";
import type { InMemoryStore } from "../../support/in-memory-store.ts";

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

/** Ingest as it is deployed, over HTTP and the given store, by the real clock. It takes the key of bridge-a. */
export const createAdapterServer = (store: AdapterStore): Server => {
  const nowMicros = (): number => Date.now() * 1000;
  const handle = createIngestHandler({
    authenticate: createAuthenticateBridge({
      readBridgeKeys: async () => [bridgeKey()],
      fits: fitsSignature,
      now: () => Math.floor(Date.now() / 1000),
    }),
    ingest: createIngest({
      recordEvents: createRecordEvents({ ...store, now: nowMicros }),
      keepRejected: async (events) => {
        for (const { event } of events) store.keepRejected(event);
      },
      hash: hashText,
      now: nowMicros,
    }),
    log: () => undefined,
    emitFigures: () => undefined,
    now: nowMicros,
  });
  return createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const headers = headersOf(request);
      const signed = postRequest(await buffer(request), { headers, base64: true });
      const { statusCode, headers: given, body } = await handle(signed);
      for (const [name, value] of Object.entries(given ?? {}))
        response.setHeader(name, String(value));
      response.writeHead(statusCode ?? 500);
      response.end(body);
    };
    void answer().catch(() => response.destroy());
  });
};
