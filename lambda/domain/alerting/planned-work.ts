import type { MaintenanceWindow } from "./maintenance-window.ts";

/**
 * When the present planned work on a whole server ends (microseconds, our clock): the latest end of the windows that
 * cover now and name only the server, or cover everything. Undefined where there is none.
 */
export const plannedWorkEnd = (
  windows: readonly MaintenanceWindow[],
  server: string,
  now: number,
): number | undefined =>
  windows
    .filter(({ start, end }) => start <= now && now < end)
    .filter((window) => window.everything === true || window.server === server)
    .filter(({ thisDNs, prefix }) => thisDNs === undefined && prefix === undefined)
    .map(({ end }) => end)
    .sort((a, b) => b - a)[0];
