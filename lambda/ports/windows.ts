import type { MaintenanceWindow } from "../domain/alerting/maintenance-window.ts";

/** Reads the maintenance windows that have not ended before a time (microseconds), consistently, the soonest to end first. */
export type ReadWindows = (endsAfter: number) => Promise<MaintenanceWindow[]>;

export type PutWindow = (window: MaintenanceWindow) => Promise<void>;

/** Removes a window; false when there is none of this id. */
export type DeleteWindow = (id: string) => Promise<boolean>;
