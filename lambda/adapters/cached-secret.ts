import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Reads a parsed secret from a cache; `reload` asks for a newer one. Throws when it cannot be read or parsed. */
export type ReadSecret<Value> = (options: { reload: boolean }) => Promise<Value>;

const maxAgeMilliseconds = 25_000; // With the authorizer's 30 s, a revocation holds within 60 s.
const minReloadMilliseconds = 10_000; // A caller who guesses signatures must not cause a call to Secrets Manager each time.

/**
 * Builds a cached reader of one secret. Concurrent readers share one call; a failed call changes nothing. `minReload`: how
 * long after a call a reload is declined, in milliseconds.
 */
export const createCachedSecret = <Value>(
  client: SecretsManagerClient,
  secretId: string,
  parse: (text: string | undefined) => Value,
  now: () => number,
  minReload = minReloadMilliseconds,
): ReadSecret<Value> => {
  let cached: { value: Promise<Value>; readAt: number } | undefined;
  let triedAt = 0;

  const read = async (): Promise<Value> => {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    try {
      return parse(answer.SecretString);
    } catch {
      // Without a cause: a parser's error may repeat the secret, and would end up in the log.
      throw new Error(`the secret ${secretId} does not have its form`);
    }
  };

  const refresh = (): Promise<Value> => {
    const previous = cached;
    triedAt = now();
    const fresh = { value: read(), readAt: triedAt };
    cached = fresh;
    fresh.value.catch(() => {
      if (cached === fresh) cached = previous;
    });
    return fresh.value;
  };

  return ({ reload }) => {
    if (cached === undefined) return refresh();
    const isFresh = now() - cached.readAt < maxAgeMilliseconds;
    const mayReload = now() - triedAt >= minReload;
    if (isFresh && !(reload && mayReload)) return cached.value;
    // A value that is still valid stands in for a newer one that cannot be read.
    const good = isFresh ? cached.value : undefined;
    return good === undefined ? refresh() : refresh().catch(() => good);
  };
};
