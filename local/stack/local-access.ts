import { createHash, randomBytes } from "node:crypto";
import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import type { SecretStore } from "../emulators/secret-store.ts";
import type { AccessFile } from "./access-file.ts";

/** The bridge key and the reader token that the local stack shows, both live. */
export type LocalAccess = {
  readonly bridge: { readonly name: string; readonly key: string };
  readonly readerToken: string;
};

const KeySchema = v.looseObject({ id: v.string(), name: v.string(), key: v.string() });
const KeysSchema = v.object({ keys: v.optional(v.array(KeySchema), []) });
const TokensSchema = v.object({
  tokens: v.optional(v.array(v.looseObject({ hash: v.string() })), []),
});

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
const idOf = (kind: string): string => `${kind}_${randomBytes(4).toString("hex")}`;

/** No server name is bound to the key, and it may name all. */
const makeKey = (createdAt: string) => ({
  id: idOf("key"),
  name: "bridge-a",
  key: `whsec_${randomBytes(32).toString("base64")}`,
  servers: ["*"],
  createdAt,
});

const makeToken = (hash: string, createdAt: string) => ({
  id: idOf("token"),
  name: "local",
  hash,
  scopes: ["registrations:read", "registrations:write", "alerts:read", "alerts:write"],
  createdAt,
});

const readSecret = <T>(store: SecretStore, id: string, schema: v.GenericSchema<unknown, T>) => {
  const secret = store.find(id);
  if (secret === undefined) throw new StartFailure(`The templates have no secret ${id}.`);
  const json = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), secret.text || "{}");
  if (json.success) return { secret, value: json.output };
  throw new StartFailure(
    `The secret ${secret.name} that is kept with --data does not hold keys or tokens: put it right in access.json there, or remove that file.`,
  );
};

const grantKey = (store: SecretStore, id: string, access: AccessFile, createdAt: string) => {
  const { secret, value } = readSecret(store, id, KeysSchema);
  const kept = value.keys.find((key) => key.id === access.read().bridgeKeyId);
  if (kept !== undefined) return kept;
  const made = makeKey(createdAt);
  access.change({ bridgeKeyId: made.id });
  store.put({ ...secret, text: JSON.stringify({ keys: [...value.keys, made] }) });
  return made;
};

const grantToken = (store: SecretStore, id: string, access: AccessFile, createdAt: string) => {
  const { secret, value } = readSecret(store, id, TokensSchema);
  const { readerToken } = access.read();
  const isLive = value.tokens.some(
    ({ hash }) => readerToken !== undefined && hash === hashOf(readerToken),
  );
  if (readerToken !== undefined && isLive) return readerToken;
  const made = `dnr_${randomBytes(32).toString("base64url")}`;
  access.change({ readerToken: made });
  const tokens = [...value.tokens, makeToken(hashOf(made), createdAt)];
  store.put({ ...secret, text: JSON.stringify({ tokens }) });
  return made;
};

/**
 * Finds the key and the token of the run before in the stack's secrets, given by name or ARN. What is not there, or was
 * revoked, it makes new and adds: a revoked key stays revoked.
 */
export const grantLocalAccess = (
  store: SecretStore,
  secrets: { readonly bridgeKeys: string; readonly readerTokens: string },
  access: AccessFile,
  now: Date,
): LocalAccess => {
  const { name, key } = grantKey(store, secrets.bridgeKeys, access, now.toISOString());
  const readerToken = grantToken(store, secrets.readerTokens, access, now.toISOString());
  return { bridge: { name, key }, readerToken };
};
