import { randomBytes } from "node:crypto";
import * as v from "valibot";
import { CommandError } from "./command-error.ts";

/** How many bridge keys may be live at once: ingest tries each of them on a signature. */
export const mostBridgeKeys = 32;

/** A signing key of a bridge; the bridge's name is the application that its events belong to. */
export const BridgeKeySchema = v.object({
  id: v.string(),
  name: v.string(),
  key: v.string(),
  serverName: v.optional(v.string()),
  createdAt: v.string(),
});
/** A signing key of a bridge. */
export type BridgeKey = v.InferOutput<typeof BridgeKeySchema>;

/** What the secret with the bridges' keys holds. */
export const BridgeKeysSchema = v.object({ keys: v.array(BridgeKeySchema) });
/** What the secret with the bridges' keys holds. */
export type BridgeKeys = v.InferOutput<typeof BridgeKeysSchema>;

/** The names that ingest takes for a bridge. */
export const bridgeName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** A new key with 256 random bits. */
export const createBridgeKey = (
  name: string,
  serverName: string | undefined,
  now: Date,
): BridgeKey => ({
  id: `key_${randomBytes(4).toString("hex")}`,
  name,
  key: `whsec_${randomBytes(32).toString("base64")}`,
  ...(serverName !== undefined && { serverName }),
  createdAt: now.toISOString(),
});

/** The keys with one more. Throws CommandError when there is no room. */
export const addBridgeKey = ({ keys }: BridgeKeys, key: BridgeKey): BridgeKeys => {
  if (keys.length >= mostBridgeKeys)
    throw new CommandError(
      `there are ${keys.length} keys, and at most ${mostBridgeKeys} may be live: revoke one first`,
    );
  return { keys: [...keys, key] };
};

/** The keys without this one. Throws CommandError when it is not among them. */
export const revokeBridgeKey = ({ keys }: BridgeKeys, id: string): BridgeKeys => {
  const rest = keys.filter((key) => key.id !== id);
  if (rest.length === keys.length)
    throw new CommandError(`no key has the id ${id}: npm run keys -- list shows them`);
  return { keys: rest };
};
