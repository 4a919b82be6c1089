import type { EmitFigures, ReadList, ReadStatuses, ReadStatusesOfDn } from "../ports.ts";
import type { ReadConnectionsOfServer } from "../watching/connection-ports.ts";
import type {
  ReadAlert,
  ReadHeld,
  ReadLatestAlert,
  ReadLosses,
  ReadLossesOfDn,
  ReadMembers,
  ReadWindows,
  RequestEvaluation,
  WriteAlert,
  WriteLoss,
} from "./alert-ports.ts";
import type { AlertRules } from "./rules.ts";

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
  emitFigures: EmitFigures;
  rules: AlertRules;
  now: () => number;
};

/** How many requests to the store are under way at once. */
export const width = 50;

/** How often something is read and written anew because others wrote first, before the queue has to bring it again. */
export const maxConflicts = 20;
