import { type AlertRules, micros } from "../rules.ts";
import type { Connection } from "./connection.ts";
import { isLive } from "./outage.ts";
import { isEnoughEvidence } from "./request-memory.ts";

/** A problem, by our clock in microseconds: since when it has lasted, and from when on operations must know of it. */
export type ProblemTiming = { since: number; dueAt: number };

/** What is wrong with a bridge's connection; an absent member is not wrong. */
export type ConnectionJudgement = {
  silent?: ProblemTiming | undefined;
  mismatch?: ProblemTiming | undefined;
  blind?: ProblemTiming | undefined;
  serverClock?: ProblemTiming | undefined;
};

const lasting = (since: number | undefined, seconds: number): ProblemTiming | undefined =>
  since === undefined ? undefined : { since, dueAt: since + micros(seconds) };

const isWatched = ({ watched, server, application }: Connection, rules: AlertRules): boolean =>
  watched ||
  rules.watchedBridges.some((one) => one.server === server && one.application === application);

/**
 * Since when a bridge has been silent: it is watched, has not said that it stops, and has not been heard for too long.
 */
export const judgeSilence = (
  connection: Connection,
  rules: AlertRules,
  now: number,
): ProblemTiming | undefined => {
  const silent = lasting(connection.seenAt, rules.silenceSeconds);
  const isSilent = silent !== undefined && silent.dueAt < now;
  return isSilent && isLive(connection) && isWatched(connection, rules) ? silent : undefined;
};

// Without ids, it was noted when one request was enough.
const isKnown = ({ cause, ids }: NonNullable<Connection["blind"]>): boolean =>
  cause !== "clock" || ids === undefined || isEnoughEvidence(ids);

/**
 * Since when nothing of a bridge has got through: trouble was heard again after it had lasted long enough. One bad
 * event of a bridge that says little else does not make it blind, nor does one request with a wrong time.
 */
export const judgeBlindness = (
  { blind }: Connection,
  rules: AlertRules,
): ProblemTiming | undefined => {
  if (blind === undefined || !isKnown(blind)) return undefined;
  const { since, lastAt = since } = blind;
  return lastAt - since >= micros(rules.silenceSeconds)
    ? lasting(since, rules.silenceSeconds)
    : undefined;
};

const isRefused = ({ blind }: Connection, { silenceSeconds }: AlertRules, now: number): boolean =>
  blind?.cause === "clock" &&
  isKnown(blind) &&
  now - (blind.lastAt ?? blind.since) <= micros(silenceSeconds);

// At once: older events outrank newer ones from the first event on, and a small step is soon over.
const judgeServerClock = ({ serverClock }: Connection, now: number): ProblemTiming | undefined => {
  const { back } = serverClock ?? {};
  return back !== undefined && now < back.until ? { since: back.at, dueAt: back.at } : undefined;
};

/**
 * Judges a bridge's connection by itself. A bridge whose clock is off is refused before it is heard, so it falls silent
 * too: one cause, one alert, for as long as it lasts. The number of DNs of a silent bridge says nothing. That the
 * T-Server's clock went back is wrong by itself, whether the bridge gets through or not.
 */
export const judgeConnection = (
  connection: Connection,
  rules: AlertRules,
  now: number,
): ConnectionJudgement => {
  if (!isLive(connection)) return {};
  const { mismatchSince } = connection;
  const silent = judgeSilence(connection, rules, now);
  return {
    silent: isRefused(connection, rules, now) ? undefined : silent,
    mismatch: silent === undefined ? lasting(mismatchSince, rules.mismatchSeconds) : undefined,
    blind: judgeBlindness(connection, rules),
    serverClock: judgeServerClock(connection, now),
  };
};
