import * as v from "valibot";
import { hashText } from "../../lambda/adapters/hash-text.ts";
import { matchesSignature } from "../../lambda/adapters/matches-signature.ts";
import type { BridgeKey } from "../../lambda/domain/access/bridge-key.ts";
import { liveKeysOf } from "../../lambda/domain/access/live-keys.ts";
import type { RejectedEvent } from "../../lambda/domain/request/rejected-event.ts";
import { type AlertRules, AlertRulesSchema } from "../../lambda/domain/rules.ts";
import { createIngestHandler } from "../../lambda/handlers/ingest-handler.ts";
import type { Log, Metric } from "../../lambda/ports/telemetry.ts";
import { createAuthenticateBridge } from "../../lambda/use-cases/ingest/authenticate-bridge.ts";
import { createIngestion } from "../../lambda/use-cases/ingest/ingestion.ts";
import { type Answer, toAnswer } from "./answer.ts";
import { type PostOptions, postRequest, testNow } from "./api-event.ts";
import { bridgeKey } from "./build-event.ts";
import { createInMemoryAlerting, type InMemoryAlerting } from "./in-memory-alerting.ts";
import { createInMemoryStore, type InMemoryStore } from "./in-memory-store.ts";

/** The rules of alerts by default. */
export const defaultRules = v.parse(AlertRulesSchema, {});

/** A line that a handler logged. */
export type LogLine = { level: string; message: string; fields: Readonly<Record<string, unknown>> };

/** What a test changes in the dependencies of ingest. */
export type IngestSurroundings = Partial<InMemoryStore & InMemoryAlerting> & {
  keys?: readonly BridgeKey[];
  readBridgeKeys?: (options: { reload: boolean }) => Promise<readonly BridgeKey[]>;
  rules?: AlertRules;
  serversPerKey?: number;
  now?: () => number;
  keepRejected?: (events: readonly RejectedEvent[]) => Promise<void>;
};

/** Ingest's handler with the real domain over the in-memory store, at `testNow`. */
export const createIngestHarness = (surroundings: IngestSurroundings = {}) => {
  const { keys = [bridgeKey()], now = () => testNow, ...changes } = surroundings;
  const store = { ...createInMemoryStore(), ...createInMemoryAlerting(), ...changes };
  const rejected: RejectedEvent[] = [];
  const metrics: Metric[] = [];
  const lines: LogLine[] = [];
  const keep = async (events: readonly RejectedEvent[]) => {
    rejected.push(...events);
  };
  const readBridgeKeys = changes.readBridgeKeys ?? (async () => keys);
  const log: Log = (level, message, fields) => lines.push({ level, message, fields });
  const handle = createIngestHandler({
    authenticate: createAuthenticateBridge({
      readBridgeKeys,
      fits: matchesSignature,
      now: () => Math.floor(now() / 1_000_000),
    }),
    ...createIngestion({
      ...store,
      readLiveKeys: async (options) => liveKeysOf(await readBridgeKeys(options), now()),
      keepRejected: changes.keepRejected ?? keep,
      rules: changes.rules ?? defaultRules,
      serversPerKey: changes.serversPerKey ?? 100,
      log,
      hash: hashText,
      now,
    }),
    log,
    emitMetrics: (some) => metrics.push(...some),
    now,
  });
  const post = async (body: unknown, options?: PostOptions): Promise<Answer> => {
    const isRaw = typeof body === "string" || body instanceof Uint8Array;
    return toAnswer(await handle(postRequest(isRaw ? body : JSON.stringify(body), options)));
  };
  return { post, store, rejected, metrics, lines };
};
