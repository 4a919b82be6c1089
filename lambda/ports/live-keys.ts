import type { LiveKeys } from "../domain/access/live-keys.ts";

/**
 * Says which bridge keys are live, from a cache; `reload` asks for newer ones, which the cache may decline. Undefined:
 * not known at present.
 */
export type ReadLiveKeys = (options: { reload: boolean }) => Promise<LiveKeys | undefined>;
