import type { MaintenanceWindow } from "../../lambda/domain/alerting/maintenance-window.ts";
import { testNow } from "./api-event.ts";

/** A maintenance window for SIPTS750, planned now for the next 10 minutes, with what the test changes. */
export const buildWindow = (changes: Partial<MaintenanceWindow> = {}): MaintenanceWindow => ({
  id: "w1",
  server: "SIPTS750",
  start: testNow,
  end: testNow + 600_000_000,
  reason: "new release",
  author: "Ada",
  createdAt: testNow,
  ...changes,
});
