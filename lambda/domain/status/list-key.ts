import { formatTime } from "../time.ts";
import {
  coverageOf,
  isAllRetired,
  isKnown,
  type RegistrationStatus,
} from "./registration-status.ts";

/** The lists of statuses: all applications are registered; some are; none is, as requested; none is, unexpectedly. */
export const listStates = ["registered", "mixed", "expected", "unexpected"] as const;
/** A list, or the trace of what was retired: only readers who ask for changes or for retired ones are given it. */
export type ListState = (typeof listStates)[number] | "retired";

/**
 * How many index keys a state is spread over. An index key takes 1,000 writes a second, and a slow index throttles its
 * table; 50,000 DNs of one server lost within a minute are 833 writes a second.
 */
export const shardCount = 8;

const encoder = new TextEncoder();
const maxKeyLength = 330; // An index sort key holds 1,024 bytes: at most 3 bytes for each of JavaScript's characters.

/** The shard of a DN, by FNV-1a: the numbers of a switch spread evenly. */
export const shardOf = (thisDN: string): number => {
  const hash = encoder
    .encode(thisDN)
    .reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5);
  // The upper bits are mixed better than the lower ones.
  return (hash >>> 16) % shardCount;
};

/** The list in which a status stands; undefined: in none, because nothing but its retirement is known. */
export const listStateOf = (status: RegistrationStatus): ListState | undefined => {
  if (isAllRetired(status)) return isKnown(status) ? "retired" : undefined;
  const coverage = coverageOf(status);
  if (coverage.status === "unregistered") return coverage.verdict;
  return coverage.verdict === undefined ? "registered" : "mixed";
};

/** Partition key of a list over all servers. */
export const stateKey = (state: ListState, shard: number): string => `${state}#${shard}`;

/** Partition key of a list of one server. */
export const serverStateKey = (server: string, state: ListState, shard: number): string =>
  `${server}#${stateKey(state, shard)}`;

/** Sort key of every list: when the status changed, then which status. Only a published change moves it, so that a refresh writes no index. */
export const changedKey = ({ changedAt, thisDN, server }: RegistrationStatus): string =>
  `${formatTime(changedAt)}#${thisDN}#${server}`.slice(0, maxKeyLength).toWellFormed();
