import type { Alert } from "./alert.ts";
import { takeCauses, takeCustomers } from "./bound-alert.ts";
import type { LossRecord } from "./loss.ts";
import { type Severity, worst } from "./severity.ts";

/** What losses amount to together. Times of the T-Server in microseconds. */
export type LossesSummary = {
  causes: Alert["causes"];
  severity: Severity;
  customers: string[];
  firstLostAt: number | undefined;
  lastLostAt: number | undefined;
};

/** The distinct entries of several lists, as many as an alert keeps. */
export const joinCustomers = (...lists: (readonly string[])[]): string[] =>
  takeCustomers([...new Set(lists.flat())]);

/** The earliest and the latest of times, some of which may be unknown. */
export const spanOf = (times: readonly (number | undefined)[]) => {
  const known = times.filter((time) => time !== undefined);
  if (known.length === 0) return { firstLostAt: undefined, lastLostAt: undefined };
  const early = (a: number, b: number) => Math.min(a, b);
  const late = (a: number, b: number) => Math.max(a, b);
  return { firstLostAt: known.reduce(early), lastLostAt: known.reduce(late) };
};

/** The newest loss of each DN, in the order in which the DNs first appear. */
export const newestOfEach = <Record extends LossRecord>(losses: readonly Record[]): Record[] => {
  const newest = new Map<string, Record>();
  for (const loss of losses) {
    const known = newest.get(loss.thisDN);
    if (known === undefined || known.learntAt < loss.learntAt) newest.set(loss.thisDN, loss);
  }
  return [...newest.values()];
};

/** Why a DN was lost, in a few words, without any time where a cause without time is known. */
export const causeOf = ({ cause, reason }: Pick<LossRecord, "cause" | "reason">): string =>
  cause ?? reason.evidence;

const causesOf = (losses: readonly LossRecord[]): Alert["causes"] =>
  takeCauses(
    [...Map.groupBy(losses, causeOf)]
      .map(([cause, all]) => ({ cause, count: all.length }))
      .sort((a, b) => b.count - a.count),
  );

/**
 * Sums losses up, one of each DN: causes by frequency, the worst severity, the customers, the first and the last loss.
 */
export const summarizeLosses = (losses: readonly LossRecord[]): LossesSummary => ({
  causes: causesOf(newestOfEach(losses)),
  severity: worst(losses.map(({ severity }) => severity)),
  customers: joinCustomers(losses.flatMap(({ customerID }) => customerID ?? [])),
  ...spanOf(losses.map(({ lostAt }) => lostAt)),
});
