import type { AlertRules } from "../../domain/rules.ts";
import type { ReadAlert, ReadLatestAlert, WriteAlert } from "../../ports/alerts.ts";
import type { ReadConnectionsOfServer } from "../../ports/connections.ts";
import type { RequestEvaluation } from "../../ports/evaluation.ts";
import type {
  ReadHeld,
  ReadLosses,
  ReadLossesOfDn,
  ReadMembers,
  WriteLoss,
} from "../../ports/losses.ts";
import type { ReadList, ReadStatuses, ReadStatusesOfDn } from "../../ports/statuses.ts";
import type { EmitMetrics } from "../../ports/telemetry.ts";
import type { ReadWindows } from "../../ports/windows.ts";

/** What alerting needs of the outside; `now` in microseconds. */
export type AlertingDependencies = {
  readStatuses: ReadStatuses;
  readStatusesOfDn: ReadStatusesOfDn;
  readList: ReadList;
  readLosses: ReadLosses;
  readLossesOfDn: ReadLossesOfDn;
  writeLoss: WriteLoss;
  readMembers: ReadMembers;
  readHeld: ReadHeld;
  readAlert: ReadAlert;
  readLatestAlert: ReadLatestAlert;
  writeAlert: WriteAlert;
  readWindows: ReadWindows;
  readConnectionsOfServer: ReadConnectionsOfServer;
  requestEvaluation: RequestEvaluation;
  emitMetrics: EmitMetrics;
  rules: AlertRules;
  now: () => number;
};

/** How many requests to the store are under way at once. */
export const width = 50;

/** How often something is read and written anew because others wrote first, before the queue has to bring it again. */
export const maxConflicts = 20;
