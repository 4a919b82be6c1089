import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as v from "valibot";
import { BridgeKeysSchema } from "../domain/access/bridge-key.ts";
import { type LiveKeys, liveKeysOf } from "../domain/access/live-keys.ts";
import type { ReadLiveKeys } from "../ports/live-keys.ts";
import type { Log } from "../ports/telemetry.ts";
import { createCachedSecret } from "./cached-secret.ts";

// A store that does not answer must not delay every evaluation.
const pauseMilliseconds = 10_000;

/**
 * Builds the reader of the live keys from the secret with the bridges' keys; of the keys themselves nothing is kept. It
 * never fails: where the secret cannot be read it logs that, and answers with what it read last, for ten seconds at least;
 * a revoked key stays revoked. Without that, or without a secret to read, the live keys are not known. `now` in
 * milliseconds.
 */
export const createReadLiveKeys = (
  client: SecretsManagerClient,
  secretId: string | undefined,
  log: Log,
  now: () => number,
): ReadLiveKeys => {
  if (secretId === undefined) return async () => undefined;
  let failedAt: number | undefined;
  let last: LiveKeys | undefined;
  const readSecret = createCachedSecret(
    client,
    secretId,
    (text) => liveKeysOf(v.parse(BridgeKeysSchema, text).keys, now() * 1000),
    now,
    0, // Only the scheduled run asks for newer ones, once a minute.
  );

  return async (options) => {
    if (failedAt !== undefined && now() - failedAt < pauseMilliseconds) return last;
    failedAt = undefined;
    try {
      last = await readSecret(options);
    } catch (error) {
      failedAt = now();
      log("error", "the live keys cannot be read: what keys revoked since said still counts", {
        error,
      });
    }
    return last;
  };
};
