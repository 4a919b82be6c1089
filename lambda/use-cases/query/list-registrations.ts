import {
  isSelective,
  type ListFilter,
  matchesFilter,
  matchesStaleness,
} from "../../domain/status/list-filter.ts";
import type { Registration } from "../../domain/status/registration.ts";
import { statusKeyText } from "../../domain/status/registration-status.ts";
import type { ListEntry, ReadList, ReadStatuses } from "../../ports/statuses.ts";
import { createReadPositions } from "../read-positions.ts";
import type { ShowRegistrations } from "./show-registrations.ts";

/** What a list asks for. `beyond` is a cursor or, oldest first, the time to start from; see `ListRange`. */
export type ListQuery = ListFilter & {
  newestFirst: boolean;
  beyond?: string | undefined;
  limit: number;
};

/** A registration of a list, and where the list goes on after it. */
export type ListedRegistration = { registration: Registration; place: string };

/**
 * A page of a list; `next` is where the following one begins, absent on the last. A page may be shorter than its limit,
 * and empty.
 */
export type ListPage = { listed: ListedRegistration[]; next: string | undefined };

const maxRounds = 5;
// With a filter that few pass, a request looks at four times this many after the first round.
const maxExamined = 500;
// The eight shards of one list together have more than that.
const perShard = 125;

const sizesOf = (query: ListQuery, left: number, round: number) => {
  if (!isSelective(query)) return { limit: left, perShard: left };
  // The first round is a page as small as it was asked for: a filter that many pass costs no more than none.
  const limit = round === 0 ? left : maxExamined;
  return { limit, perShard: Math.min(limit, perShard) };
};

// Of an item that the lagging index shows twice, its first place counts: nothing after that is skipped.
const firstPlaces = (page: readonly ListEntry[]): ListEntry[] => {
  const keys = page.map(statusKeyText);
  const first = new Map(keys.map((key, index) => [key, index] as const).toReversed());
  return page.filter((entry, index) => first.get(statusKeyText(entry)) === index);
};

/**
 * Builds the lists: every shard is asked for a whole page, the answers are merged by sort key. A cursor is the last
 * position that was looked at, so that page 1,000 costs what page 1 does and writes in between shift nothing.
 */
export const createListRegistrations = (ports: {
  readList: ReadList;
  readStatuses: ReadStatuses;
  showRegistrations: ShowRegistrations;
}) => {
  const { readStatuses, showRegistrations } = ports;
  const readPositions = createReadPositions(ports.readList);

  const findMatching = async (
    page: readonly ListEntry[],
    query: ListQuery,
  ): Promise<ListedRegistration[]> => {
    // What the key shows already needs no look at the item.
    const entries = firstPlaces(page).filter(({ thisDN }) => thisDN.startsWith(query.prefix ?? ""));
    const items = (await readStatuses(entries)).filter((item) => matchesFilter(item, query));
    const registrations = await showRegistrations(items);
    const byKey = new Map(registrations.map((one) => [statusKeyText(one), one]));
    return entries.flatMap((entry) => {
      const registration = byKey.get(statusKeyText(entry));
      const isIn = registration !== undefined && matchesStaleness(registration, query);
      return isIn ? { registration, place: entry.changedKey } : [];
    });
  };

  return async (query: ListQuery): Promise<ListPage> => {
    const listed: ListedRegistration[] = [];
    let next = query.beyond;
    for (let round = 0; round < maxRounds && listed.length < query.limit; round += 1) {
      const left = query.limit - listed.length;
      const sizes = sizesOf(query, left, round);
      const { page, more } = await readPositions({ ...query, ...sizes, beyond: next });
      const found = await findMatching(page, query);
      listed.push(...found.slice(0, left));
      if (found.length > left) return { listed, next: listed.at(-1)?.place };
      if (!more) return { listed, next: undefined };
      next = page.at(-1)?.changedKey;
    }
    return { listed, next };
  };
};

/** Reads a page of a list (see `createListRegistrations`). */
export type ListRegistrations = ReturnType<typeof createListRegistrations>;
