import type { BridgeKey } from "../../domain/access/bridge-key.ts";
import {
  type MatchesSignature,
  type SignatureHeaders,
  type Verification,
  verifySignature,
} from "../../domain/access/signature.ts";

/** Returns the live keys, from a cache; `reload` asks for newer ones, which the cache may decline. */
export type ReadBridgeKeys = (options: { reload: boolean }) => Promise<readonly BridgeKey[]>;

/** Says which bridge signed a request. Throws when the keys cannot be read. */
export type AuthenticateBridge = (
  headers: SignatureHeaders,
  body: Uint8Array,
) => Promise<Verification>;

/**
 * Builds the check of signatures; `now` in unix seconds. An unknown key may be a new one: then the keys are read again.
 */
export const createAuthenticateBridge = (dependencies: {
  readBridgeKeys: ReadBridgeKeys;
  fits: MatchesSignature;
  now: () => number;
}): AuthenticateBridge => {
  const { readBridgeKeys, fits, now } = dependencies;
  return async (headers, body) => {
    const keys = await readBridgeKeys({ reload: false });
    const verification = verifySignature(headers, body, keys, now(), fits);
    if (verification.kind !== "wrong") return verification;
    const newer = await readBridgeKeys({ reload: true });
    return newer === keys ? verification : verifySignature(headers, body, newer, now(), fits);
  };
};
