import type { Hash } from "../../domain/event/event-id.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type {
  ReadAllConnections,
  ReadConnection,
  WriteConnection,
} from "../../ports/connections.ts";
import type { RequestEvaluation } from "../../ports/evaluation.ts";
import type { AddToHistory, WriteHistory } from "../../ports/history.ts";
import type { ReadLiveKeys } from "../../ports/live-keys.ts";
import type { ClaimName, FreeNames, ReadNames } from "../../ports/name-lists.ts";
import type { KeepRejected } from "../../ports/rejected-events.ts";
import type { ReadStatuses, WriteStatus } from "../../ports/statuses.ts";
import type { Log } from "../../ports/telemetry.ts";

/**
 * All that ingest needs of the outside; `now` by our clock in microseconds. `serversPerKey`: how many servers an
 * application may name.
 */
export type IngestPorts = {
  readStatuses: ReadStatuses;
  writeStatus: WriteStatus;
  writeHistory: WriteHistory;
  addToHistory: AddToHistory;
  keepRejected: KeepRejected;
  readConnection: ReadConnection;
  readAllConnections: ReadAllConnections;
  writeConnection: WriteConnection;
  readLiveKeys: ReadLiveKeys;
  requestEvaluation: RequestEvaluation;
  readNames: ReadNames;
  claimName: ClaimName;
  freeNames: FreeNames;
  serversPerKey: number;
  rules: AlertRules;
  log: Log;
  hash: Hash;
  now: () => number;
};
