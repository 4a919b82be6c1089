import { createHash, randomBytes } from "node:crypto";
import { StartFailure } from "../command/start-failure.ts";
import type { SecretStore } from "../emulators/secret-store.ts";

/** The bridge key and the reader token of one local run, as the secrets hold them. */
export type LocalAccess = {
  readonly bridgeKey: {
    readonly id: string;
    readonly name: string;
    readonly key: string;
    readonly servers: readonly string[];
    readonly createdAt: string;
  };
  readonly readerToken: {
    readonly id: string;
    readonly name: string;
    readonly hash: string;
    readonly scopes: readonly string[];
    readonly createdAt: string;
  };
  /** What a reader sends; the secret holds its hash only. */
  readonly readerTokenText: string;
};

/** Makes a new key and a new token. No server name is bound to the key, and it may name all. */
export const createLocalAccess = (now: Date): LocalAccess => {
  const createdAt = now.toISOString();
  const readerTokenText = `dnr_${randomBytes(32).toString("base64url")}`;
  return {
    bridgeKey: {
      id: `key_${randomBytes(4).toString("hex")}`,
      name: "bridge-a",
      key: `whsec_${randomBytes(32).toString("base64")}`,
      servers: ["*"],
      createdAt,
    },
    readerToken: {
      id: `token_${randomBytes(4).toString("hex")}`,
      name: "local",
      hash: createHash("sha256").update(readerTokenText).digest("hex"),
      scopes: ["registrations:read", "registrations:write", "alerts:read", "alerts:write"],
      createdAt,
    },
    readerTokenText,
  };
};

const replace = (store: SecretStore, id: string, value: unknown): void => {
  const secret = store.find(id);
  if (secret === undefined) throw new StartFailure(`The templates have no secret ${id}.`);
  store.put({ ...secret, text: JSON.stringify(value) });
};

/** Puts the key and the token into the stack's secrets, given by name or ARN. */
export const grantLocalAccess = (
  store: SecretStore,
  secrets: { readonly bridgeKeys: string; readonly readerTokens: string },
  access: LocalAccess,
): void => {
  replace(store, secrets.bridgeKeys, { keys: [access.bridgeKey] });
  replace(store, secrets.readerTokens, { tokens: [access.readerToken] });
};
