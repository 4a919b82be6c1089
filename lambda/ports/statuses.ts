import type { ListState } from "../domain/status/list-key.ts";
import type { RegistrationStatus, StatusKey } from "../domain/status/registration-status.ts";

/** Reads statuses, consistently; keys without a status are left out. Keys are distinct. */
export type ReadStatuses = (keys: readonly StatusKey[]) => Promise<RegistrationStatus[]>;

/**
 * Reads statuses of a DN, one for each server, in the order of the servers' names, consistently: all of them, or the
 * first `limit` whose server comes after the given one ("": from the first).
 */
export type ReadStatusesOfDn = (
  thisDN: string,
  range?: { after: string; limit: number },
) => Promise<RegistrationStatus[]>;

/**
 * Writes a status if the stored revision is the one before it. `conflict`: another writer came first, read again.
 * `refused`: the store will never take this item; sending it again is pointless.
 */
export type WriteStatus = (
  status: RegistrationStatus,
) => Promise<"written" | "conflict" | "refused">;

/** A position in a list: the sort key of the index, and what it points to. */
export type ListEntry = StatusKey & { changedKey: string };

/** One shard of a list, from where, and in which order. */
export type ListRange = {
  state: ListState;
  shard: number;
  server: string | undefined;
  newestFirst: boolean;
  /** Sort keys strictly beyond this one, in the list's order; absent: from its start. */
  beyond: string | undefined;
  limit: number;
};

/** Reads one shard of a list in its order. */
export type ReadList = (range: ListRange) => Promise<ListEntry[]>;
