import { type HistoryRow, historyKey } from "../../lambda/domain/status/history-row.ts";
import { changedKey, listStateOf, shardOf } from "../../lambda/domain/status/list-key.ts";
import type {
  RegistrationStatus,
  StatusKey,
} from "../../lambda/domain/status/registration-status.ts";
import { compareText } from "../../lambda/domain/text.ts";
import type {
  AddToHistory,
  HistoryRange,
  WalkHistory,
  WriteHistory,
} from "../../lambda/ports/history.ts";
import type {
  ReadList,
  ReadStatuses,
  ReadStatusesOfDn,
  WriteStatus,
} from "../../lambda/ports/statuses.ts";
import { createReadHistory, type ReadHistory } from "./read-history.ts";

/** The store's ports over plain maps; `statuses` and `history` are open to inspection. */
export type InMemoryStore = {
  statuses: Map<string, RegistrationStatus>;
  history: Map<string, HistoryRow>;
  readStatuses: ReadStatuses;
  readStatusesOfDn: ReadStatusesOfDn;
  writeStatus: WriteStatus;
  readList: ReadList;
  writeHistory: WriteHistory;
  addToHistory: AddToHistory;
  readHistory: ReadHistory;
  walkHistory: WalkHistory;
};

/** The key of a status in `statuses`. */
export const statusKey = ({ thisDN, server }: StatusKey): string =>
  JSON.stringify([thisDN, server]);
const rowKey = (row: HistoryRow): string => JSON.stringify([row.thisDN, historyKey(row)]);
// Like DynamoDB, which refuses an item over 400 KB.
const isTooLong = (value: object): boolean => Buffer.byteLength(JSON.stringify(value)) > 400 * 1024;

const createStatusPorts = (statuses: InMemoryStore["statuses"]) => ({
  readStatuses: async (keys: readonly StatusKey[]) =>
    keys.flatMap((key) => structuredClone(statuses.get(statusKey(key))) ?? []),
  readStatusesOfDn: (async (thisDN, range) => {
    const found = [...statuses.values()]
      .filter(
        (status) => status.thisDN === thisDN && compareText(status.server, range?.after ?? "") > 0,
      )
      .sort((a, b) => compareText(a.server, b.server));
    return structuredClone(found.slice(0, range?.limit));
  }) satisfies ReadStatusesOfDn,
  writeStatus: async (status: RegistrationStatus) => {
    const stored = statuses.get(statusKey(status))?.revision ?? 0;
    if (isTooLong(status)) return "refused" as const;
    if (stored !== status.revision - 1) return "conflict" as const;
    statuses.set(statusKey(status), structuredClone(status));
    return "written" as const;
  },
  readList: (async ({ state, shard, server, newestFirst, beyond, limit }) => {
    const direction = newestFirst ? -1 : 1;
    return [...statuses.values()]
      .filter((status) => shardOf(status.thisDN) === shard && listStateOf(status) === state)
      .filter((status) => server === undefined || status.server === server)
      .map((status) => ({ ...status, changedKey: changedKey(status) }))
      .filter((one) => beyond === undefined || direction * compareText(one.changedKey, beyond) > 0)
      .sort((a, b) => direction * compareText(a.changedKey, b.changedKey))
      .slice(0, limit)
      .map((one) => ({ thisDN: one.thisDN, server: one.server, changedKey: one.changedKey }));
  }) satisfies ReadList,
});

const rowsIn = (
  history: InMemoryStore["history"],
  { thisDN, from, to, server, application }: HistoryRange,
): HistoryRow[] =>
  [...history.values()]
    .filter((row) => row.thisDN === thisDN && historyKey(row) >= from && historyKey(row) <= to)
    .filter((row) => server === undefined || row.server === server)
    .filter((row) => application === undefined || row.application === application)
    .sort((a, b) => compareText(historyKey(b), historyKey(a)));

// Without structuredClone, which fails for an integer beyond 2^53 as it is kept.
const createHistoryWriters = (history: InMemoryStore["history"]) => ({
  writeHistory: async (rows: readonly HistoryRow[]) => {
    const refused = new Set(rows.filter(isTooLong).map(({ id }) => id));
    for (const row of rows) if (!refused.has(row.id)) history.set(rowKey(row), { ...row });
    return refused;
  },
  addToHistory: async (row: HistoryRow) => {
    if (isTooLong(row)) return "refused" as const;
    if (history.has(rowKey(row))) return "present" as const;
    history.set(rowKey(row), { ...row });
    return "added" as const;
  },
});

const createHistoryPorts = (history: InMemoryStore["history"]) => {
  const walkHistory: WalkHistory = async function* walkHistory(range: HistoryRange) {
    yield* rowsIn(history, range);
  };
  return {
    ...createHistoryWriters(history),
    walkHistory,
    readHistory: createReadHistory(walkHistory),
  };
};

/** Makes an empty store that behaves like the tables. */
export const createInMemoryStore = (): InMemoryStore => {
  const statuses: InMemoryStore["statuses"] = new Map();
  const history: InMemoryStore["history"] = new Map();
  return { statuses, history, ...createStatusPorts(statuses), ...createHistoryPorts(history) };
};
