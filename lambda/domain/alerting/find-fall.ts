import type { AlertingDependencies } from "./alerting-dependencies.ts";
import type { Candidate } from "./decision.ts";
import { type Fall, fallsTogether } from "./falls-together.ts";
import { createFindNeighbours } from "./find-neighbours.ts";
import { findWindow, type MaintenanceWindow } from "./maintenance-window.ts";
import { micros } from "./rules.ts";

/**
 * Builds what finds which of several losses of one server fall together, with one another and with what else of the server is
 * lost about then. DNs in a maintenance window are explained by it and count for nothing.
 */
export const createFindFall = (
  dependencies: Pick<AlertingDependencies, "readList" | "rules" | "now">,
) => {
  const { rules, now } = dependencies;
  const findNeighbours = createFindNeighbours(dependencies);

  return async (
    server: string,
    candidates: readonly Candidate[],
    windows: readonly MaintenanceWindow[],
  ): Promise<Fall> => {
    const span = micros(rules.incidentSeconds);
    const times = candidates.map(({ fellAt }) => fellAt);
    const from = times.reduce((a, b) => Math.min(a, b)) - span;
    const to = times.reduce((a, b) => Math.max(a, b)) + span;
    const found = await findNeighbours(server, from, to);
    const inHand = candidates.map(({ loss, fellAt }): [string, number] => [loss.thisDN, fellAt]);
    const others = [...found].filter(
      ([thisDN]) => findWindow(windows, { server, thisDN }, now()) === undefined,
    );
    return fallsTogether([...new Map([...others, ...inHand]).values()], rules);
  };
};
