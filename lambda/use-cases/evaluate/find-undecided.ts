import { inParallel } from "../../async/in-parallel.ts";
import { createTryEach } from "../../async/try-each.ts";
import type { LossKey } from "../../domain/alerting/loss.ts";
import { isAccountedFor } from "../../domain/alerting/loss-snapshot.ts";
import { type AlertRules, holdDownOf, micros } from "../../domain/rules.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import type { ListEntry } from "../../ports/statuses.ts";
import type { AlertingDependencies } from "./alerting-dependencies.ts";
import type { EvaluateLosses } from "./evaluate-losses.ts";
import { changedAtOf, createReadShard, lossShards } from "./find-neighbours.ts";
import { createReadLossSnapshots } from "./read-loss-snapshots.ts";

/** What finding undecided losses needs of the outside. */
export type FindUndecidedDependencies = Pick<
  AlertingDependencies,
  "readList" | "readStatuses" | "readLosses" | "readAlert" | "rules" | "now"
> & { evaluateLosses: EvaluateLosses };

type TryEach = ReturnType<typeof createTryEach>;

const recentTicks = 10; // As often as this a recent loss is looked at, at least.
const width = 4;

const longestHoldDown = ({ holdDownSeconds, holdDowns }: AlertRules): number =>
  Math.max(holdDownSeconds, ...holdDowns.map(({ seconds }) => seconds));

/**
 * Builds what finds losses that no message has brought to a decision some time after their hold-down, and evaluates them.
 * `thorough`: of any age, else recent ones.
 */
export const createFindUndecided = (dependencies: FindUndecidedDependencies) => {
  const { readList, readStatuses, evaluateLosses, rules, now } = dependencies;
  const readShard = createReadShard(readList);
  const look = createReadLossSnapshots(dependencies);

  const toOverdue = ({ alertId, changedAt, thisDN, server }: RegistrationStatus): LossKey[] => {
    const waits = holdDownOf(rules, { server, thisDN }) + rules.undecidedSeconds;
    const isOverdue = changedAt + micros(waits) <= now();
    return alertId !== undefined && isOverdue ? [{ thisDN, server, lossId: alertId }] : [];
  };

  const evaluate = async (entries: readonly ListEntry[], { tryOne }: TryEach): Promise<void> => {
    const old = entries.filter(
      (entry) => changedAtOf(entry) + micros(rules.undecidedSeconds) <= now(),
    );
    // The index may lag: a DN that moves while it is read comes twice.
    const places = new Map(
      old.map((entry) => [JSON.stringify([entry.thisDN, entry.server]), entry]),
    );
    const statuses = await readStatuses([...places.values()]);
    const looks = await look(statuses.flatMap(toOverdue));
    const keys = looks.filter((one) => !isAccountedFor(one)).map(({ key }) => key);
    for (const [server, losses] of Map.groupBy(keys, (key) => key.server)) {
      await tryOne(() => evaluateLosses(server, losses));
    }
  };

  return async (thorough: boolean): Promise<void> => {
    const recent = longestHoldDown(rules) + rules.undecidedSeconds * recentTicks;
    const since = thorough ? undefined : now() - micros(recent);
    const attempts = createTryEach("undecided losses of a server could not be looked at");
    await inParallel(width, lossShards, async (shard) => {
      for await (const entries of readShard(shard, undefined, since)) {
        await evaluate(entries, attempts);
      }
    });
    attempts.finish();
  };
};
