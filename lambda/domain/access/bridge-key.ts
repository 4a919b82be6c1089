import * as v from "valibot";
import { isServerName } from "../event/server-name.ts";

/** How many keys may be live at once: each costs an unsigned request one HMAC. */
export const maxBridgeKeys = 32;

/**
 * What a bridge, and so an application, may be called: the name becomes a key in items and an attribute of messages.
 */
export const BridgeNameSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "must be 1 to 64 letters, digits, dots, _ or -"),
  // Names that every object has: valibot leaves some of them out of a record, against prototype pollution.
  v.check(
    (name) => !(name in {}) && name !== "prototype",
    "must be none of JavaScript's own names",
  ),
);

/** How many T-Servers a key may list. */
export const maxServersOfKey = 100;

/** The list of a key that may name every T-Server. */
export const everyServer = "*";

/** A T-Server's name in the list of a key. */
export const ListedServerSchema = v.custom<string>(
  (name) => name !== "" && isServerName(name),
  "must be 1 to 128 characters without control characters",
);

/**
 * One signing key of a bridge: `whsec_` and base64, as in Standard Webhooks. A server name may be bound to it. `servers`:
 * the T-Servers that it may name, or `*` alone for all; absent in keys of older versions, which may name all.
 */
export const BridgeKeySchema = v.object({
  id: v.string(),
  name: BridgeNameSchema,
  key: v.pipe(v.string(), v.regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "must be whsec_ and base64")),
  serverName: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(128))),
  servers: v.optional(v.pipe(v.array(ListedServerSchema), v.maxLength(maxServersOfKey))),
  createdAt: v.string(),
});
export type BridgeKey = v.InferOutput<typeof BridgeKeySchema>;

/** Whether a bridge may say with this key anything about a T-Server. */
export const mayName = ({ servers }: Pick<BridgeKey, "servers">, server: string): boolean =>
  servers === undefined ||
  (servers.length === 1 && servers[0] === everyServer) ||
  servers.includes(server);

/** The secret that holds the live keys, as text. */
export const BridgeKeysSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ keys: v.pipe(v.array(BridgeKeySchema), v.maxLength(maxBridgeKeys)) }),
);
export type BridgeKeys = v.InferOutput<typeof BridgeKeysSchema>;
