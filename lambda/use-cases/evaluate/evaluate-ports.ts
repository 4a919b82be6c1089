import type { Hash } from "../../domain/event/event-id.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type { ReadAlert, ReadDueAlerts, ReadLatestAlert, WriteAlert } from "../../ports/alerts.ts";
import type {
  ReadAllConnections,
  ReadConnection,
  ReadConnectionsOfServer,
  WriteConnection,
} from "../../ports/connections.ts";
import type { RequestEvaluation } from "../../ports/evaluation.ts";
import type { WriteHistory } from "../../ports/history.ts";
import type { ReadLiveKeys } from "../../ports/live-keys.ts";
import type {
  ReadHeld,
  ReadLosses,
  ReadLossesOfDn,
  ReadMembers,
  WriteLoss,
} from "../../ports/losses.ts";
import type {
  ReadList,
  ReadStatuses,
  ReadStatusesOfDn,
  WriteStatus,
} from "../../ports/statuses.ts";
import type { EmitMetrics } from "../../ports/telemetry.ts";
import type { ReadWindows } from "../../ports/windows.ts";

/** All that the evaluator needs of the outside; `now` by our clock in microseconds. */
export type EvaluatePorts = {
  readStatuses: ReadStatuses;
  readStatusesOfDn: ReadStatusesOfDn;
  readList: ReadList;
  writeStatus: WriteStatus;
  writeHistory: WriteHistory;
  readLosses: ReadLosses;
  readLossesOfDn: ReadLossesOfDn;
  writeLoss: WriteLoss;
  readMembers: ReadMembers;
  readHeld: ReadHeld;
  readAlert: ReadAlert;
  readLatestAlert: ReadLatestAlert;
  readDueAlerts: ReadDueAlerts;
  writeAlert: WriteAlert;
  readConnection: ReadConnection;
  readConnectionsOfServer: ReadConnectionsOfServer;
  readAllConnections: ReadAllConnections;
  writeConnection: WriteConnection;
  readLiveKeys: ReadLiveKeys;
  readWindows: ReadWindows;
  requestEvaluation: RequestEvaluation;
  emitMetrics: EmitMetrics;
  hash: Hash;
  rules: AlertRules;
  now: () => number;
};
