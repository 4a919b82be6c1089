import { inParallel } from "../async/in-parallel.ts";
import { type ListState, listStates, shardCount } from "../domain/status/list-key.ts";
import {
  coverageOf,
  isAllRetired,
  type RegistrationStatus,
  statusKeyText,
} from "../domain/status/registration-status.ts";
import type { Verdict } from "../domain/status/verdict.ts";
import { compareText } from "../domain/text.ts";
import type { ListEntry, ReadList, ReadStatuses } from "../ports/statuses.ts";

/** What a list asks for. `beyond` is a cursor or, oldest first, the time to start from; see `ListRange`. */
export type ListQuery = {
  status?: "registered" | "unregistered" | undefined;
  verdict?: Verdict | undefined;
  server?: string | undefined;
  newestFirst: boolean;
  beyond?: string | undefined;
  limit: number;
};

/** A status of a list, and where the list goes on after it. */
export type ListedStatus = { status: RegistrationStatus; place: string };

/** A page of a list; `next` is where the following one begins, absent on the last. A page may be shorter than its limit. */
export type ListPage = { listed: ListedStatus[]; next: string | undefined };

const width = 32;
const maxRounds = 5;

const mayMatch = (state: ListState, { status, verdict }: ListQuery): boolean => {
  const isRegistered = state === "registered" || state === "mixed";
  if (status !== undefined && isRegistered !== (status === "registered")) return false;
  return verdict === undefined || state === verdict || state === "mixed";
};

// The index lags and `mixed` holds both verdicts: what counts is the item itself.
const matches = (status: RegistrationStatus, query: ListQuery): boolean => {
  const coverage = coverageOf(status);
  return (
    !isAllRetired(status) &&
    (query.status ?? coverage.status) === coverage.status &&
    (query.verdict === undefined || query.verdict === coverage.verdict)
  );
};

/**
 * Builds the lists: every shard is asked for a whole page, the answers are merged by sort key. One watermark serves all
 * shards, so that page 1,000 costs what page 1 does and writes in between shift nothing.
 */
export const createListRegistrations = (ports: {
  readList: ReadList;
  readStatuses: ReadStatuses;
}) => {
  const { readList, readStatuses } = ports;

  const readPositions = async (query: ListQuery): Promise<{ page: ListEntry[]; more: boolean }> => {
    const ranges = listStates
      .filter((state) => mayMatch(state, query))
      .flatMap((state) => Array.from({ length: shardCount }, (_, shard) => ({ state, shard })));
    const { server, newestFirst, beyond, limit } = query;
    const shards = await inParallel(width, ranges, (range) =>
      readList({ ...range, server, newestFirst, beyond, limit }),
    );
    const direction = newestFirst ? -1 : 1;
    const all = shards.flat().sort((a, b) => direction * compareText(a.changedKey, b.changedKey));
    const more = all.length > limit || shards.some((entries) => entries.length === limit);
    return { page: all.slice(0, limit), more };
  };

  const readItems = async (page: readonly ListEntry[]): Promise<ListedStatus[]> => {
    // Of an item that the lagging index shows twice, its first place counts: nothing after that is skipped.
    const keys = page.map(statusKeyText);
    const first = new Map(keys.map((key, index) => [key, index] as const).toReversed());
    const entries = page.filter((entry, index) => first.get(statusKeyText(entry)) === index);
    const items = await readStatuses(entries);
    const byKey = new Map(items.map((item) => [statusKeyText(item), item]));
    return entries.flatMap((entry) => {
      const status = byKey.get(statusKeyText(entry));
      return status === undefined ? [] : { status, place: entry.changedKey };
    });
  };

  return async (query: ListQuery): Promise<ListPage> => {
    const listed: ListedStatus[] = [];
    let next = query.beyond;
    for (let round = 0; round < maxRounds && listed.length < query.limit; round += 1) {
      const limit = query.limit - listed.length;
      const { page, more } = await readPositions({ ...query, beyond: next, limit });
      const items = await readItems(page);
      listed.push(...items.filter(({ status }) => matches(status, query)));
      next = page.at(-1)?.changedKey;
      if (!more) return { listed, next: undefined };
    }
    return { listed, next };
  };
};

/** Reads a page of a list (see `createListRegistrations`). */
export type ListRegistrations = ReturnType<typeof createListRegistrations>;
