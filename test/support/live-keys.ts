import { type LiveKeys, liveKeysOf } from "../../lambda/domain/access/live-keys.ts";

/** The live keys as ids, all of bridge-a unless said otherwise, read long after everything that the tests say. */
export const liveKeys = (ids: readonly string[], application = "bridge-a"): LiveKeys =>
  liveKeysOf(
    ids.map((id) => ({ id, name: application })),
    Number.MAX_SAFE_INTEGER,
  );
