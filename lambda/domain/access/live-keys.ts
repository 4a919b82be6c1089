import type { BridgeKey } from "./bridge-key.ts";

/**
 * The bridge keys that are live: their ids and the applications that they name, without the keys themselves. `readAt`:
 * of which moment that is at the latest, by our clock in microseconds.
 */
export type LiveKeys = {
  ids: ReadonlySet<string>;
  applications: ReadonlySet<string>;
  readAt: number;
};

// The answer of the store is a moment old when it is read, and no two clocks agree entirely.
const leeway = 2_000_000;

/** What is kept of the keys that the store has just answered with. `now` in microseconds. */
export const liveKeysOf = (
  keys: readonly Pick<BridgeKey, "id" | "name">[],
  now: number,
): LiveKeys => ({
  ids: new Set(keys.map(({ id }) => id)),
  applications: new Set(keys.map(({ name }) => name)),
  readAt: now - leeway,
});

/** Which key said something, where that is known, and when we heard it (microseconds). */
export type Said = { by?: string | undefined; heardAt: number };

/**
 * Whether the key that said something has been revoked since. Unknown keys are none that is revoked: neither where the
 * live keys are not known, nor where a statement does not say whose it is (older versions kept none), nor where it is
 * newer than what is known of the keys: then its key may be new.
 */
export const isRevoked = (live: LiveKeys | undefined, { by, heardAt }: Said): boolean =>
  live !== undefined && by !== undefined && !live.ids.has(by) && heardAt <= live.readAt;
