import type { MaintenanceWindow } from "../domain/alerting/maintenance-window.ts";

/** Reads the maintenance windows that end after a time (microseconds), consistently, the earliest end first. */
export type ReadWindows = (endsAfter: number) => Promise<MaintenanceWindow[]>;

export type PutWindow = (window: MaintenanceWindow) => Promise<void>;

/** Removes a window; false when no window has this id. */
export type DeleteWindow = (id: string) => Promise<boolean>;
