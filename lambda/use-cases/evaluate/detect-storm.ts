import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { findWindow, type MaintenanceWindow } from "../../domain/alerting/maintenance-window.ts";
import { findStorm, type Storm } from "../../domain/alerting/storm-window.ts";
import { micros } from "../../domain/rules.ts";
import type { AlertingDependencies } from "./alerting-dependencies.ts";
import { createFindNeighbours } from "./find-neighbours.ts";

/**
 * Builds what finds which of several losses of one server fall together, with one another and with what else of the server is
 * lost about then. DNs in a maintenance window are explained by it and count for nothing.
 */
export const createDetectStorm = (
  dependencies: Pick<AlertingDependencies, "readList" | "rules" | "now">,
) => {
  const { rules, now } = dependencies;
  const findNeighbours = createFindNeighbours(dependencies);

  return async (
    server: string,
    candidates: readonly Candidate[],
    windows: readonly MaintenanceWindow[],
  ): Promise<Storm> => {
    const span = micros(rules.incidentSeconds);
    const times = candidates.map(({ countedAt }) => countedAt);
    const from = times.reduce((a, b) => Math.min(a, b)) - span;
    const to = times.reduce((a, b) => Math.max(a, b)) + span;
    const found = await findNeighbours(server, from, to);
    const inHand = candidates.map(({ loss, countedAt }): [string, number] => [
      loss.thisDN,
      countedAt,
    ]);
    const others = [...found].filter(
      ([thisDN]) => findWindow(windows, { server, thisDN }, now()) === undefined,
    );
    return findStorm([...new Map([...others, ...inHand]).values()], rules);
  };
};
