import type { MaintenanceWindow } from "./maintenance-window.ts";

/**
 * When work on a whole server ends that is planned for now (microseconds, our clock): the last of the windows that cover now
 * and name the server and nothing else. Undefined where there is none.
 */
export const plannedWorkEnd = (
  windows: readonly MaintenanceWindow[],
  server: string,
  now: number,
): number | undefined =>
  windows
    .filter((window) => window.server === server && window.start <= now && now < window.end)
    .filter(({ thisDNs, prefix }) => thisDNs === undefined && prefix === undefined)
    .map(({ end }) => end)
    .sort((a, b) => b - a)[0];
