import { randomUUID } from "node:crypto";

/** A secret's current version. */
export type StoredSecret = {
  readonly arn: string;
  readonly name: string;
  readonly text: string;
  readonly versionId: string;
  readonly createdAt: number;
  /** A version that is stored and not current yet. */
  readonly pending?: { readonly versionId: string; readonly text: string };
};
/** Secrets in memory, found by name or ARN as Secrets Manager does. */
export type SecretStore = {
  readonly find: (nameOrArn: string) => StoredSecret | undefined;
  readonly put: (secret: { arn: string; name: string; text: string }) => StoredSecret;
  /** Stores a version without making it current; returns its id. */
  readonly putPending: (secret: StoredSecret, text: string) => string;
  /** Makes the pending version current. False when that version, or the one that it replaces, has changed since. */
  readonly promote: (secret: StoredSecret, versionId: string, replacedId: string) => boolean;
};

/** Makes an empty store. `now` gives milliseconds since 1970. */
export const createSecretStore = (now: () => number): SecretStore => {
  const byArn = new Map<string, StoredSecret>();
  return {
    find: (id) =>
      byArn.get(id) ??
      [...byArn.values()].find(
        // An ARN without the random end of the name is accepted too.
        ({ name, arn }) => name === id || arn.slice(0, arn.lastIndexOf("-")) === id,
      ),
    put: (secret) => {
      const { arn, name, text } = secret;
      const stored = { arn, name, text, versionId: randomUUID(), createdAt: now() };
      byArn.set(arn, stored);
      return stored;
    },
    putPending: (secret, text) => {
      const versionId = randomUUID();
      byArn.set(secret.arn, { ...secret, pending: { versionId, text } });
      return versionId;
    },
    promote: ({ pending, ...secret }, versionId, replacedId) => {
      if (pending?.versionId !== versionId || secret.versionId !== replacedId) return false;
      byArn.set(secret.arn, { ...secret, ...pending, createdAt: now() });
      return true;
    },
  };
};
