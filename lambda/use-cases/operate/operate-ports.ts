import type { Hash } from "../../domain/event/event-id.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type { ListAlerts, ReadAlert, ReadAlertById, WriteAlert } from "../../ports/alerts.ts";
import type {
  ReadConnection,
  ReadConnectionsOfServer,
  WriteConnection,
} from "../../ports/connections.ts";
import type { RequestEvaluation } from "../../ports/evaluation.ts";
import type { AddToHistory, WriteHistory } from "../../ports/history.ts";
import type { ReadHeld, ReadLosses, ReadLossesOfDn, ReadMembers } from "../../ports/losses.ts";
import type {
  ReadList,
  ReadStatuses,
  ReadStatusesOfDn,
  WriteStatus,
} from "../../ports/statuses.ts";
import type { EmitMetrics } from "../../ports/telemetry.ts";
import type { DeleteWindow, PutWindow, ReadWindows } from "../../ports/windows.ts";

/** All that the routes of alerts and maintenance need of the outside; `now` by our clock in microseconds. */
export type OperatePorts = {
  readStatuses: ReadStatuses;
  readStatusesOfDn: ReadStatusesOfDn;
  readList: ReadList;
  writeStatus: WriteStatus;
  writeHistory: WriteHistory;
  addToHistory: AddToHistory;
  readLosses: ReadLosses;
  readLossesOfDn: ReadLossesOfDn;
  readMembers: ReadMembers;
  readHeld: ReadHeld;
  readAlert: ReadAlert;
  readAlertById: ReadAlertById;
  listAlerts: ListAlerts;
  writeAlert: WriteAlert;
  readConnection: ReadConnection;
  readConnectionsOfServer: ReadConnectionsOfServer;
  writeConnection: WriteConnection;
  readWindows: ReadWindows;
  putWindow: PutWindow;
  deleteWindow: DeleteWindow;
  requestEvaluation: RequestEvaluation;
  emitMetrics: EmitMetrics;
  hash: Hash;
  rules: AlertRules;
  now: () => number;
};
