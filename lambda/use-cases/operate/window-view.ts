import type { MaintenanceWindow } from "../../domain/alerting/maintenance-window.ts";
import { formatTime } from "../../domain/time.ts";

/** Shows a maintenance window; JSON leaves out what it does not have. */
export const toWindowView = ({ start, end, createdAt, ...window }: MaintenanceWindow) => ({
  ...window,
  start: formatTime(start),
  end: formatTime(end),
  createdAt: formatTime(createdAt),
});
