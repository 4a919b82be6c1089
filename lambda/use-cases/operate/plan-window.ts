import type { MaintenanceWindow } from "../../domain/alerting/maintenance-window.ts";
import type { Hash } from "../../domain/event/event-id.ts";
import type { OperatePorts } from "./operate-ports.ts";

/** A maintenance window as it is planned; times in microseconds. */
export type PlannedWindow = Omit<MaintenanceWindow, "id" | "createdAt">;

/** How many windows there may be that have not ended: the evaluator reads them all. */
export const maxWindows = 1_000;
const maxDelayMicros = 900 * 1_000_000;

const idOf = (hash: Hash, window: PlannedWindow): string => {
  const { server, thisDNs, prefix, everything, start, end, reason } = window;
  const { author, onBehalfOf, tokenId } = window;
  const who = [author, onBehalfOf, tokenId];
  return hash(
    JSON.stringify(["window", server, thisDNs, prefix, start, end, reason, ...who, everything]),
  );
};

/**
 * Builds the function that plans a maintenance window; undefined where there are too many. The same window planned
 * again by the same caller is the same one. Open alerts stay as they are.
 */
export const createPlanWindow = (
  ports: Pick<OperatePorts, "readWindows" | "putWindow" | "requestEvaluation" | "hash" | "now">,
) => {
  const { readWindows, putWindow, requestEvaluation, hash, now } = ports;

  // The scheduled run finds later ends, and those of windows for all servers.
  const releaseAtEnd = async ({ server, end }: MaintenanceWindow): Promise<void> => {
    const wait = end - now();
    if (server === undefined || wait > maxDelayMicros) return;
    const delaySeconds = Math.max(Math.ceil(wait / 1_000_000), 0);
    await requestEvaluation([{ message: { kind: "release", server }, delaySeconds }]);
  };

  return async (planned: PlannedWindow): Promise<MaintenanceWindow | undefined> => {
    const createdAt = now();
    const id = idOf(hash, planned);
    const others = (await readWindows(createdAt)).filter((window) => window.id !== id);
    if (others.length >= maxWindows) return undefined;
    const window = { id, ...planned, createdAt };
    await putWindow(window);
    await releaseAtEnd(window);
    return window;
  };
};

/** Plans a maintenance window (see `createPlanWindow`). */
export type PlanWindow = ReturnType<typeof createPlanWindow>;
