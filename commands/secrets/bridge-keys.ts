import { randomBytes } from "node:crypto";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import {
  type BridgeKey,
  type BridgeKeys,
  maxBridgeKeys,
} from "../../lambda/domain/access/bridge-key.ts";

/** What a new key is for: its bridge, the T-Servers that it may name, and the one that is bound to it. */
export type KeyPurpose = {
  readonly name: string;
  readonly servers: readonly string[];
  readonly serverName?: string | undefined;
};

/** A new key with 256 random bits. */
export const createBridgeKey = (
  { name, servers, serverName }: KeyPurpose,
  now: Date,
): BridgeKey & { readonly servers: string[] } => ({
  id: `key_${randomBytes(4).toString("hex")}`,
  name,
  key: `whsec_${randomBytes(32).toString("base64")}`,
  servers: [...servers],
  ...(serverName !== undefined && { serverName }),
  createdAt: now.toISOString(),
});

/** The keys with one more. Throws CommandError when there is no room. */
export const addBridgeKey = ({ keys }: BridgeKeys, key: BridgeKey): BridgeKeys => {
  if (keys.length >= maxBridgeKeys)
    throw new CommandError(
      `there are ${keys.length} keys, and at most ${maxBridgeKeys} may be live: revoke one first`,
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
