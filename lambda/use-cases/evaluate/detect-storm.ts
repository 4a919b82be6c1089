import { inParallel, storeWidth } from "../../async/in-parallel.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { findWindow, type MaintenanceWindow } from "../../domain/alerting/maintenance-window.ts";
import { findStorm, type Storm } from "../../domain/alerting/storm-window.ts";
import { micros } from "../../domain/rules.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import {
  changedAtOf,
  createReadLossShard,
  type LossShard,
  lossShards,
} from "./read-loss-shards.ts";

/**
 * Builds the function that finds the DNs of a server that have been missing a registration unexpectedly since a time,
 * and when each one changed. Eventually consistent. Times by our clock in microseconds.
 */
export const createFindLostDns = ({ readList }: Pick<EvaluatePorts, "readList">) => {
  const readLossShard = createReadLossShard(readList);

  return async (server: string, from: number, to: number): Promise<Map<string, number>> => {
    const findIn = async (shard: LossShard): Promise<[string, number][]> => {
      const found: [string, number][] = [];
      for await (const entries of readLossShard(shard, server, from)) {
        const times = entries.map((entry): [string, number] => [entry.thisDN, changedAtOf(entry)]);
        found.push(...times.filter(([, time]) => time <= to));
        if (times.some(([, time]) => time > to)) break;
      }
      return found;
    };
    return new Map((await inParallel(storeWidth, lossShards, findIn)).flat());
  };
};

/**
 * Builds the function that finds which of several losses of one server are part of a storm, together with the server's
 * other losses of about that time. DNs in a maintenance window are explained by it and do not count.
 */
export const createDetectStorm = (ports: Pick<EvaluatePorts, "readList" | "rules" | "now">) => {
  const { rules, now } = ports;
  const findLostDns = createFindLostDns(ports);

  return async (
    server: string,
    candidates: readonly Candidate[],
    windows: readonly MaintenanceWindow[],
  ): Promise<Storm> => {
    const span = micros(rules.incidentSeconds);
    const times = candidates.map(({ countedAt }) => countedAt);
    const from = times.reduce((a, b) => Math.min(a, b)) - span;
    const to = times.reduce((a, b) => Math.max(a, b)) + span;
    const found = await findLostDns(server, from, to);
    const others = [...found].filter(
      ([thisDN]) => findWindow(windows, { server, thisDN }, now()) === undefined,
    );
    const inHand = candidates.map(({ record, countedAt }): [string, number] => [
      record.thisDN,
      countedAt,
    ]);
    return findStorm([...new Map([...others, ...inHand]).values()], rules);
  };
};
