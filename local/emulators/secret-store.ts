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
/** What keeps the texts of secrets, by name, over a restart. */
export type KeptTexts = {
  readonly read: () => Readonly<Record<string, string>>;
  /** Throws when they cannot be kept. */
  readonly write: (texts: Readonly<Record<string, string>>) => void;
};
/** Secrets in memory, found by name or ARN as Secrets Manager does. */
export type SecretStore = {
  /** Makes a secret, with the text that is kept of it, or with its first one. */
  readonly create: (secret: { arn: string; name: string; text: string }) => void;
  readonly find: (nameOrArn: string) => StoredSecret | undefined;
  readonly put: (secret: { arn: string; name: string; text: string }) => StoredSecret;
  /** Stores a version without making it current; returns its id. */
  readonly putPending: (secret: StoredSecret, text: string) => string;
  /** Makes the pending version current. False when that version, or the one that it replaces, has changed since. */
  readonly promote: (secret: StoredSecret, versionId: string, replacedId: string) => boolean;
};

const nothingKept: KeptTexts = { read: () => ({}), write: () => undefined };

/** Makes an empty store. `now` gives milliseconds since 1970. A text that cannot be kept is not stored: then the call throws. */
export const createSecretStore = (now: () => number, kept = nothingKept): SecretStore => {
  const byArn = new Map<string, StoredSecret>();
  const keep = ({ name, text }: Pick<StoredSecret, "name" | "text">) =>
    kept.write({ ...kept.read(), [name]: text });
  const store = ({ arn, name, text }: Pick<StoredSecret, "arn" | "name" | "text">) => {
    const stored = { arn, name, text, versionId: randomUUID(), createdAt: now() };
    byArn.set(arn, stored);
    return stored;
  };
  return {
    create: (secret) => store({ ...secret, text: kept.read()[secret.name] ?? secret.text }),
    find: (id) =>
      byArn.get(id) ??
      [...byArn.values()].find(
        // An ARN without the random end of the name is accepted too.
        ({ name, arn }) => name === id || arn.slice(0, arn.lastIndexOf("-")) === id,
      ),
    put: (secret) => {
      keep(secret);
      return store(secret);
    },
    putPending: (secret, text) => {
      const versionId = randomUUID();
      byArn.set(secret.arn, { ...secret, pending: { versionId, text } });
      return versionId;
    },
    promote: ({ pending, ...secret }, versionId, replacedId) => {
      if (pending?.versionId !== versionId || secret.versionId !== replacedId) return false;
      keep({ ...secret, ...pending });
      byArn.set(secret.arn, { ...secret, ...pending, createdAt: now() });
      return true;
    },
  };
};
