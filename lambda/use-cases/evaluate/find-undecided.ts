import { inParallel } from "../../async/in-parallel.ts";
import { createAttempts } from "../../async/try-all.ts";
import type { LossKey } from "../../domain/alerting/loss.ts";
import { isAccountedFor } from "../../domain/alerting/loss-snapshot.ts";
import { type AlertRules, holdDownOf, micros } from "../../domain/rules.ts";
import { type RegistrationStatus, statusKeyText } from "../../domain/status/registration-status.ts";
import type { ListEntry } from "../../ports/statuses.ts";
import type { EvaluateLosses } from "./evaluate-losses.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { changedAtOf, createReadLossShard, lossShards } from "./read-loss-shards.ts";
import { createReadLossSnapshots } from "./read-loss-snapshots.ts";

type Attempts = ReturnType<typeof createAttempts>;

const recentRuns = 10; // At least this many scheduled runs check a recent loss.
const width = 4;

const longestHoldDown = ({ holdDownSeconds, holdDowns }: AlertRules): number =>
  Math.max(holdDownSeconds, ...holdDowns.map(({ seconds }) => seconds));

/**
 * Builds the function that finds losses that no message has brought to a decision some time after their hold-down, and
 * evaluates them. `thorough`: losses of any age, otherwise recent ones.
 */
export const createFindUndecided = (
  ports: Pick<
    EvaluatePorts,
    "readList" | "readStatuses" | "readLosses" | "readAlert" | "rules" | "now"
  >,
  evaluateLosses: EvaluateLosses,
) => {
  const { readList, readStatuses, rules, now } = ports;
  const readLossShard = createReadLossShard(readList);
  const readSnapshots = createReadLossSnapshots(ports);

  const toOverdue = ({ alertId, changedAt, thisDN, server }: RegistrationStatus): LossKey[] => {
    const waits = holdDownOf(rules, { server, thisDN }) + rules.undecidedSeconds;
    const isOverdue = changedAt + micros(waits) <= now();
    return alertId !== undefined && isOverdue ? [{ thisDN, server, lossId: alertId }] : [];
  };

  const evaluate = async (entries: readonly ListEntry[], { attempt }: Attempts): Promise<void> => {
    const old = entries.filter(
      (entry) => changedAtOf(entry) + micros(rules.undecidedSeconds) <= now(),
    );
    // The index may lag: a DN that moves while it is read appears twice.
    const places = new Map(old.map((entry) => [statusKeyText(entry), entry]));
    const statuses = await readStatuses([...places.values()]);
    const snapshots = await readSnapshots(statuses.flatMap(toOverdue));
    const keys = snapshots.filter((one) => !isAccountedFor(one)).map(({ key }) => key);
    for (const [server, losses] of Map.groupBy(keys, (key) => key.server)) {
      await attempt(() => evaluateLosses(server, losses));
    }
  };

  return async (thorough: boolean): Promise<void> => {
    const recent = longestHoldDown(rules) + rules.undecidedSeconds * recentRuns;
    const since = thorough ? undefined : now() - micros(recent);
    const attempts = createAttempts("undecided losses of a server could not be looked at");
    await inParallel(width, lossShards, async (shard) => {
      for await (const entries of readLossShard(shard, undefined, since)) {
        await evaluate(entries, attempts);
      }
    });
    attempts.finish();
  };
};
